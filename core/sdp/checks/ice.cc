// RFC 8839 section 5.4: what connectivity checks need, and RFC 8840 for the end of candidates.

#include "core/sdp/attributes/candidate.h"
#include "core/sdp/attributes/flags.h"
#include "core/sdp/attributes/ice_credentials.h"
#include "core/sdp/attributes/setup.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

template <typename T>
void CheckCredential(Context& context, const SectionView& section) {
  if (context.Has<T>(section)) return;
  context.report.Add(RuleId::kIceCredentialsMissing, section.first_line(), {T::kName});
}

// RFC 8842 section 5.3: no answer says actpass.
bool IsOffered(const Context& context, const SectionView& section) {
  std::optional<Setup> setup = section.Find<Setup>();
  if (!setup) setup = context.session.Find<Setup>();
  return context.type == DescriptionType::kOffer || (context.type == DescriptionType::kUnknown &&
                                                     setup && setup->role == Setup::Role::kActpass);
}

// An answer's sections share a transport, whose credentials are those of the first
// (RFC 9143 section 7.1.3). In an offer each may have its own, for a peer without BUNDLE
// (RFC 8829 section 7.1).
void CheckBundledUfrag(Context& context, const SectionView& section) {
  if (IsOffered(context, section)) return;
  const std::optional<Bundles::Member> member = context.bundles.Find(section);
  const std::optional<IceUfrag> ufrag = section.Find<IceUfrag>();
  if (!member || !ufrag) return;
  const std::string_view agreed =
      context.bundles.Agree(member->group, Bundles::Topic::kUfrag, 0, ufrag->ufrag);
  if (agreed == ufrag->ufrag) return;
  context.report.Add(RuleId::kBundleIceConflict, section.First<IceUfrag>(), {ufrag->ufrag, agreed},
                     ufrag->ufrag);
}

}  // namespace

void CheckIce(Context& context, const SectionView& section) {
  if (context.UsesDtls(section) && !section.is_rejected() && !context.BorrowsTransport(section)) {
    CheckCredential<IceUfrag>(context, section);
    CheckCredential<IcePwd>(context, section);
  }
  CheckBundledUfrag(context, section);
  const size_t end = section.First<EndOfCandidates>();
  section.ForEach<Candidate>([&](size_t at, const Candidate& line) {
    const std::string_view type = line.candidate.type_text;
    if (line.candidate.type == ice::CandidateType::kUnknown) {
      context.report.Add(RuleId::kCandidateType, at, {type}, type);
    }
    if (end < at) context.report.Add(RuleId::kCandidateAfterEnd, at);
  });
}

}  // namespace koeru::sdp
