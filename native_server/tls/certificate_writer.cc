#include "native_server/tls/certificate_writer.h"

#include <mbedtls/ecp.h>
#include <mbedtls/oid.h>
#include <mbedtls/pk.h>
#include <mbedtls/platform_util.h>
#include <mbedtls/x509_crt.h>

#include <array>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/tls/crypto_init.h"
#include "native_server/tls/tls_context_native.h"

namespace koeru::server {
namespace {

constexpr const char* kSubject = "CN=koeru-relay self-signed,O=Koeru";

class Key {
 public:
  Key() { mbedtls_pk_init(&context_); }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key() { mbedtls_pk_free(&context_); }
  mbedtls_pk_context* get() { return &context_; }

 private:
  mbedtls_pk_context context_;
};

class X509Writer {
 public:
  X509Writer() { mbedtls_x509write_crt_init(&context_); }
  X509Writer(const X509Writer&) = delete;
  X509Writer& operator=(const X509Writer&) = delete;
  ~X509Writer() { mbedtls_x509write_crt_free(&context_); }
  mbedtls_x509write_cert* get() { return &context_; }

 private:
  mbedtls_x509write_cert context_;
};

// YYYYMMDDhhmmss, in UTC.
std::string ToAsn1Time(std::time_t time) {
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%Y%m%d%H%M%S", &parts);
  return text.data();
}

int MakeKey(Key& key) {
  int code = mbedtls_pk_setup(key.get(), mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY));
  if (code != 0) return code;
  return mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(*key.get()), MbedTlsRandom,
                             nullptr);
}

int SetNames(X509Writer& writer, const SubjectNames& names) {
  std::deque<mbedtls_x509_san_list> list;
  for (const SubjectName& name : names) {
    mbedtls_x509_san_list& entry = list.emplace_back();
    entry.node.type = name.is_address ? MBEDTLS_X509_SAN_IP_ADDRESS : MBEDTLS_X509_SAN_DNS_NAME;
    mbedtls_x509_buf& value = entry.node.san.unstructured_name;
    value.p = reinterpret_cast<unsigned char*>(const_cast<char*>(name.value.data()));
    value.len = name.value.size();
    entry.next = nullptr;
    if (list.size() > 1) list[list.size() - 2].next = &entry;
  }
  return list.empty()
             ? 0
             : mbedtls_x509write_crt_set_subject_alternative_name(writer.get(), &list.front());
}

// RFC 5280 §4.2.1: a certificate for a server and for nothing else.
int SetUsage(X509Writer& writer) {
  mbedtls_asn1_sequence purpose{};
  purpose.buf.tag = MBEDTLS_ASN1_OID;
  purpose.buf.p = reinterpret_cast<unsigned char*>(const_cast<char*>(MBEDTLS_OID_SERVER_AUTH));
  purpose.buf.len = MBEDTLS_OID_SIZE(MBEDTLS_OID_SERVER_AUTH);
  int code = mbedtls_x509write_crt_set_basic_constraints(writer.get(), /*is_ca=*/0, -1);
  if (code == 0) {
    code = mbedtls_x509write_crt_set_key_usage(writer.get(), MBEDTLS_X509_KU_DIGITAL_SIGNATURE);
  }
  if (code == 0) code = mbedtls_x509write_crt_set_ext_key_usage(writer.get(), &purpose);
  if (code == 0) code = mbedtls_x509write_crt_set_subject_key_identifier(writer.get());
  return code;
}

int SetSubject(X509Writer& writer, Key& key, std::time_t not_before, std::time_t not_after) {
  // RFC 5280 §4.1.2.2: positive and unique. Two certificates with one issuer and one serial number
  // are refused by Firefox.
  std::array<unsigned char, 16> serial{};
  FillRandom(serial);
  serial[0] = static_cast<unsigned char>((serial[0] & 0x3F) | 0x40);
  mbedtls_x509write_crt_set_version(writer.get(), MBEDTLS_X509_CRT_VERSION_3);
  mbedtls_x509write_crt_set_md_alg(writer.get(), MBEDTLS_MD_SHA256);
  mbedtls_x509write_crt_set_subject_key(writer.get(), key.get());
  mbedtls_x509write_crt_set_issuer_key(writer.get(), key.get());
  int code = mbedtls_x509write_crt_set_serial_raw(writer.get(), serial.data(), serial.size());
  if (code == 0) code = mbedtls_x509write_crt_set_subject_name(writer.get(), kSubject);
  if (code == 0) code = mbedtls_x509write_crt_set_issuer_name(writer.get(), kSubject);
  if (code == 0) {
    code = mbedtls_x509write_crt_set_validity(writer.get(), ToAsn1Time(not_before).c_str(),
                                              ToAsn1Time(not_after).c_str());
  }
  return code;
}

}  // namespace

absl::StatusOr<PemPair> WriteSelfSigned(const SubjectNames& names, std::time_t not_before,
                                        std::time_t not_after) {
  if (absl::Status ready = InitCrypto(); !ready.ok()) return ready;
  Key key;
  X509Writer writer;
  int code = MakeKey(key);
  if (code == 0) code = SetSubject(writer, key, not_before, not_after);
  if (code == 0) code = SetNames(writer, names);
  if (code == 0) code = SetUsage(writer);
  // 64 addresses and a few names come to about 4 kB of PEM.
  std::array<unsigned char, 16 * 1024> certificate{};
  std::array<unsigned char, 1024> secret{};
  if (code == 0) {
    code = mbedtls_x509write_crt_pem(writer.get(), certificate.data(), certificate.size(),
                                     MbedTlsRandom, nullptr);
  }
  if (code == 0) code = mbedtls_pk_write_key_pem(key.get(), secret.data(), secret.size());
  if (code != 0) {
    return absl::InternalError(
        absl::StrCat("cannot make a self-signed certificate: ", MbedTlsErrorText(code)));
  }
  PemPair pair{reinterpret_cast<const char*>(certificate.data()),
               SecretText(reinterpret_cast<const char*>(secret.data()))};
  mbedtls_platform_zeroize(secret.data(), secret.size());
  return pair;
}

}  // namespace koeru::server
