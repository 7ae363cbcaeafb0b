// What a profile says (profile_use.cpp), taken as what is: it goes before what the text says, annotations and what the callers seem to pass.
#include "ir/passes/guesser.h"

namespace krait::ir::passes {

using namespace core;

Spot Guesser::spotOf(const Guessed& seen) const {
  switch (seen.guess) {
  case Guess::Int:
  case Guess::Float:
  case Guess::Complex:
    return {.kind = seen.guess == Guess::Int ? Kind::Int : seen.guess == Guess::Float ? Kind::Float : Kind::Complex,
            .mixed = seen.doubt == Doubt::MayBeInt, .mayBeOther = seen.doubt == Doubt::MayBeOther};
  case Guess::None: return {.isObject = true}; // of several kinds: no number
  default: return {.container = seen.guess, .isObject = true, .cls = seen.ofClass};
  }
}

// Which class an instance is of, the text may know where the profile does not.
static bool isComplete(const Guessed& seen) { return seen.guess != Guess::Instance || seen.ofClass != kNone; }

void Guesser::takeSeen() {
  auto take = [this](const Temp* t) {
    if (!t->isSeen) return;
    Spot& spot = temps_[t][0];
    spot = spotOf(*t);
    spot.isSettled = isComplete(*t);
  };
  for (auto& f : module_.functions) {
    if (!f->entry()) continue;
    FunctionGuesses& places = functions_[f->number];
    for (uint32_t n = 0; n < f->paramCount(); ++n)
      if (const Guessed& passed = f->locals[n].passed; passed.isSeen) {
        Spot& spot = places.parameter(n)[0];
        spot = spotOf(passed);
        spot.isSettled = places.stores[n] == 0 && isComplete(passed);
      }
    for (const Block* b = f->entry(); b; b = b->next) {
      for (const Temp* t : b->parameters) take(t);
      for (const Instruction* i = b->first; i; i = i->next)
        for (uint32_t r = 0; r < i->resultCount; ++r) take(i->result(r));
    }
  }
}

} // namespace krait::ir::passes
