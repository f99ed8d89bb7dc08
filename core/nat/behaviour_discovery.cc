#include "core/nat/behaviour_discovery.h"

namespace koeru::nat {

std::string_view ToText(Behaviour behaviour) {
  switch (behaviour) {
    case Behaviour::kEndpointIndependent:
      return "endpoint-independent";
    case Behaviour::kAddressDependent:
      return "address-dependent";
    case Behaviour::kAddressAndPortDependent:
      return "address and port-dependent";
    case Behaviour::kUnknown:
      break;
  }
  return "not known";
}

std::optional<Question> BehaviourDiscovery::Next() const {
  switch (step_) {
    case Step::kMapping1:
      return Question{.socket = 0, .to = server_, .change = {}};
    // "the client sends a Binding Request to the alternate address, but primary port".
    case Step::kMapping2:
      return Question{.socket = 0, .to = {other_.address, server_.port}, .change = {}};
    // "to the alternate address and port".
    case Step::kMapping3:
      return Question{.socket = 0, .to = other_, .change = {}};
    case Step::kFiltering1:
      return Question{.socket = 1, .to = server_, .change = {}};
    case Step::kFiltering2:
      return Question{
          .socket = 1, .to = server_, .change = {.change_ip = true, .change_port = true}};
    case Step::kFiltering3:
      return Question{
          .socket = 1, .to = server_, .change = {.change_ip = false, .change_port = true}};
    case Step::kDone:
      break;
  }
  return std::nullopt;
}

void BehaviourDiscovery::OnAnswer(const Answer& answer) {
  switch (step_) {
    case Step::kMapping1:
      // "If OTHER-ADDRESS is not returned, the server does not support this usage".
      if (!answer.other) {
        step_ = Step::kDone;
        break;
      }
      other_ = *answer.other;
      is_behind_nat_ = answer.mapped != answer.local;
      mapped_before_ = answer.mapped;
      // "the client knows that it is not NATed and the effective mapping will be
      // Endpoint-Independent".
      if (!is_behind_nat_) mapping_ = Behaviour::kEndpointIndependent;
      step_ = is_behind_nat_ ? Step::kMapping2 : Step::kFiltering1;
      break;
    case Step::kMapping2:
      if (answer.mapped == mapped_before_) mapping_ = Behaviour::kEndpointIndependent;
      step_ = answer.mapped == mapped_before_ ? Step::kFiltering1 : Step::kMapping3;
      mapped_before_ = answer.mapped;
      break;
    case Step::kMapping3:
      mapping_ = answer.mapped == mapped_before_ ? Behaviour::kAddressDependent
                                                 : Behaviour::kAddressAndPortDependent;
      step_ = Step::kFiltering1;
      break;
    case Step::kFiltering1:
      step_ = Step::kFiltering2;
      break;
    case Step::kFiltering2:
      filtering_ = Behaviour::kEndpointIndependent;
      step_ = Step::kDone;
      break;
    case Step::kFiltering3:
      filtering_ = Behaviour::kAddressDependent;
      step_ = Step::kDone;
      break;
    case Step::kDone:
      break;
  }
}

void BehaviourDiscovery::OnSilence() {
  switch (step_) {
    // The other address does not answer: nothing can be said about mapping.
    case Step::kMapping2:
    case Step::kMapping3:
      step_ = Step::kFiltering1;
      break;
    case Step::kFiltering2:
      step_ = Step::kFiltering3;
      break;
    case Step::kFiltering3:
      filtering_ = Behaviour::kAddressAndPortDependent;
      step_ = Step::kDone;
      break;
    case Step::kMapping1:
    case Step::kFiltering1:
    case Step::kDone:
      step_ = Step::kDone;
      break;
  }
}

}  // namespace koeru::nat
