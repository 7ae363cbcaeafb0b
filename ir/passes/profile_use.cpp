// Hands a profile (docs/profiles.md) to the passes behind: temporaries and parameters get what they were seen to be, functions how often
// they were entered. First of all passes, as what counts is.
//
//     %0 = local.get $x !0                 %0 ~!instance@3 = local.get $x !0
//     %1 = attr.get "y", %0 !0             %1 ~!float = attr.get "y", %0 !0
#include "ir/analysis/call_targets.h"
#include "ir/analysis/class_model.h"
#include "ir/analysis/profile_places.h"
#include "ir/core/remarks.h"
#include "ir/passes/passes.h"
#include "runtime/abi/profile_counts.h"
#include "runtime/abi/profile_text.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace krait::ir::passes {

using namespace core;

namespace {

constexpr uint64_t kFew = 1000; // of so many, one that differs does not count
// A version that is left once for so many values still pays; computing with what is now an int and now a float takes longer than that.
constexpr uint64_t kSometimes = 4;

// Guess::None: a kind that is none.
Guess guessNamed(std::string_view kind) {
  for (size_t k = 0; k <= static_cast<size_t>(SeenKind::Instance); ++k)
    if (kSeenNames[k] == kind) return Guess(k + 1);
  Guess array = Guess::None;
  return kind.starts_with(kSeenArray) && parseGuess(kind, array) ? array : Guess::None;
}
static_assert(size_t(Guess::Int) == size_t(SeenKind::Int) + 1 && size_t(Guess::Instance) == size_t(SeenKind::Instance) + 1);

std::string described(const Module& module, const Guessed& g) {
  std::string text = g.guess == Guess::None ? "no one kind that is guessed" : toText(g.guess);
  if (g.ofClass != kNone) text += " of '" + module.functions[g.ofClass]->qualname + "'";
  if (g.doubt != Doubt::None) text += g.doubt == Doubt::MayBeInt ? ", at times an int" : ", at times something else";
  return text;
}

class Applier {
public:
  explicit Applier(Module& module) : module_(module), targets_(module), classes_(module, targets_) {
    for (auto& f : module.functions)
      if (f->kind == FunctionKind::ClassBody) {
        const Neighbour* owner = module.neighbourOfFunction(f->number);
        const auto [at, isNew] = bodies_.try_emplace((owner ? owner->name : module.name) + "." + f->qualname, f->number);
        if (!isNew) at->second = kNone;
      }
  }

  bool run() {
    bool changed = false;
    for (auto& f : module_.functions) changed |= analysis::isProfiled(*f) && use(*f);
    return changed;
  }

private:
  bool use(Function& f) {
    const analysis::ProfilePlaces places = analysis::profilePlacesOf(f);
    const ProfileFunction* counted = module_.profile->find(f.qualname, places.hash, f.firstLine);
    if (!counted) {
      if (module_.remarks && module_.profile->hasFunction(f.qualname)) module_.remarks->add(RemarkId::ProfileChanged, f);
      return false;
    }
    f.runs = Runs{counted->count, 0};
    std::unordered_map<std::string_view, const ProfilePlace*> byName;
    for (const ProfilePlace& place : counted->places) byName[place.name] = &place;
    for (const analysis::ProfilePlace& place : places.all) {
      if (const auto known = byName.find(place.name); known != byName.end()) use(f, place, *known->second);
      else if (counted->count) chill(f, place);
    }
    if (module_.remarks && f.kind != FunctionKind::ClassBody) module_.remarks->add(RemarkId::ProfileRuns, f, "entered " + std::to_string(f.runs->entered) + " times, " + std::to_string(f.runs->rounds) + " rounds of loops");
    return true;
  }

  void use(Function& f, const analysis::ProfilePlace& place, const ProfilePlace& counted) {
    if (place.what == analysis::ProfilePlace::What::Round) {
      f.runs->rounds += counted.count;
      return;
    }
    const auto seen = seenAs(counted);
    // A variable that is not always the same here is known better from what is put to it.
    if (!seen || (place.what == analysis::ProfilePlace::What::Operand && (seen->guess == Guess::None || seen->doubt != Doubt::None))) return;
    const bool isPassed = place.what == analysis::ProfilePlace::What::Passed;
    (isPassed ? f.locals[place.number].passed : *place.value()).guessAs(*seen);
    if (!module_.remarks) return;
    if (isPassed) module_.remarks->add(RemarkId::ProfileSeen, f, "'" + f.locals[place.number].name + "': " + described(module_, *seen));
    else module_.remarks->add(RemarkId::ProfileSeen, *place.at, sourceText(*place.value()) + ": " + described(module_, *seen));
  }

  // Nothing came to the place, though the function was entered: its block is not likely to run.
  static void chill(Function& f, const analysis::ProfilePlace& place) {
    if (place.what != analysis::ProfilePlace::What::Result && place.what != analysis::ProfilePlace::What::Operand) return;
    const bool isNext = place.what == analysis::ProfilePlace::What::Result && hasResultFirst(place.at->op);
    Block* b = isNext ? place.at->target(0) : place.at->block;
    if (b != f.entry()) b->cold = true;
  }

  // None: it says nothing.
  std::optional<Guessed> seenAs(const ProfilePlace& counted) const {
    const uint64_t none = countOf(counted, SeenKind::None), ints = countOf(counted, SeenKind::Int), floats = countOf(counted, SeenKind::Float);
    uint64_t all = 0;
    std::pair<std::string_view, uint64_t> most{};
    for (const auto& [kind, count] : counted.kinds) {
      all += count;
      if (count > most.second && kind != nameOf(SeenKind::None)) most = {kind, count};
    }
    if (most.second == 0 || most.first == nameOf(SeenKind::Bool)) return std::nullopt; // None alone, or what no guess says
    const uint64_t others = all - most.second - none, few = all / kFew;
    Guessed seen{.guess = guessNamed(most.first), .isSeen = true};
    const bool areReal = ints + floats + few >= all, isSometimesInt = seen.guess == Guess::Float && areReal && ints > few;
    if (others > most.second / kSometimes && !areReal) seen.guess = Guess::None;
    else if (others > most.second / kSometimes || isSometimesInt) seen.guess = Guess::Float, seen.doubt = Doubt::MayBeInt;
    else if (isNumber(seen.guess) && none + others > few) seen.doubt = Doubt::MayBeOther;
    if (seen.guess != Guess::Instance) return seen;
    seen.ofClass = classOf(counted, few);
    if (seen.ofClass != kNone) seen.guess = classes_.containerOf(seen.ofClass); // what derives from tuple, say
    return seen;
  }

  static constexpr std::string_view nameOf(SeenKind kind) { return kSeenNames[size_t(kind)]; }
  static uint64_t countOf(const ProfilePlace& counted, SeenKind kind) {
    for (const auto& [name, count] : counted.kinds)
      if (name == nameOf(kind)) return count;
    return 0;
  }

  // The nearest class of the module that all instances are of, or of one derived from it.
  uint32_t classOf(const ProfilePlace& counted, uint64_t few) const {
    uint64_t instances = countOf(counted, SeenKind::Instance);
    uint32_t common = kNone;
    for (const auto& [name, count] : counted.classes) {
      if (count <= few) continue;
      const auto body = bodies_.find(name);
      if (body == bodies_.end() || body->second == kNone || !classes_.isClass(body->second)) return kNone;
      common = common == kNone ? body->second : classes_.common(common, body->second);
      if (common == kNone) return kNone;
      instances -= std::min(instances, count);
    }
    return instances > few ? kNone : common;
  }

  Module& module_;
  const analysis::CallTargets targets_;
  const analysis::ClassModel classes_;
  std::unordered_map<std::string, uint32_t> bodies_; // of classes, by "module.qualname"; kNone: several have it
};

} // namespace

bool runProfileUse(Module& module) { return module.profile && Applier(module).run(); }

} // namespace krait::ir::passes
