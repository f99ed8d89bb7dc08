// Users who stand in a database: the state machine's questions, and the answers to them.

#include "native_server/worker/worker.h"

namespace koeru::server {
namespace {

relay::Relay::LookUp ResultOf(const UserAnswer& answer) {
  switch (answer.result) {
    case UserAnswer::Result::kFound: return relay::Relay::LookUp::kFound;
    case UserAnswer::Result::kAbsent: return relay::Relay::LookUp::kAbsent;
    case UserAnswer::Result::kFailed: break;
  }
  return relay::Relay::LookUp::kFailed;
}

}  // namespace

void Worker::AskForUser(const relay::LookUpUser& action) {
  UserQuestion question{action.id, std::string(actions_.RealmOf(action)),
                        std::string(actions_.NameOf(action))};
  if (options_.users == nullptr) {  // no database: nobody can say
    user_answers_->Leave({.id = action.id});
    return;
  }
  options_.users->Ask(std::move(question), user_answers_);
}

void Worker::TakeUserAnswers() {
  for (const UserAnswer& answer : user_answers_->Take()) {
    known_.valid = false;
    actions_.Clear();
    relay_.OnUserLookedUp(answer.id, ResultOf(answer), relay::LongTermKey(answer.key), now_,
                          actions_);
    CarryOut();
  }
}

}  // namespace koeru::server
