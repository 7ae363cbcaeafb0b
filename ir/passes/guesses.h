// What the guesser (guess_numbers.cpp) knows of a place: the value, its items, the items of those; and of a tuple what stands at
// its first positions, of a dict what its keys are.
#pragma once

#include "ir/analysis/class_model.h"
#include "ir/core/constant.h"
#include "ir/core/guess.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <utility>

namespace krait::ir::passes {

constexpr size_t kDepth = 5, kPositions = 4;

// Met, MetInt: a float or an int, as far as it meets some, but nothing says where it comes from. Seed: constant ints at most. Wide: ints of
// up to 64 bits, as masks make them, that are not negative.
enum class Kind : uint8_t { None, MetInt, Met, Seed, Int, Wide, Float, Complex };
constexpr bool isInt(Kind k) { return k == Kind::Int || k == Kind::Wide; }

constexpr core::Guess kAnyContainer = core::Guess::Int; // of several sorts
constexpr uint32_t kAnyClass = core::kNone - 1;         // of several that have nothing in common

// Of a constant int from 2^62 to 2^64 - 1; 0 of others: what is larger is no machine number.
inline uint64_t wideNumber(const core::Constant& c) {
  const uint64_t number = core::unsignedNumber(c).value_or(0);
  return number >= uint64_t{1} << 62 ? number : 0;
}

// How places are joined.
struct Joining {
  bool mixes = false; // ints that meet floats are marked: once everything is known
  const analysis::ClassModel* classes = nullptr;
};

// The module's functions that a value may be: FUNCTIONs, or too many.
struct Callees {
  static constexpr size_t kMax = 3;
  std::array<uint32_t, kMax> functions{};
  uint32_t count = 0; // above kMax: too many

  bool add(uint32_t function) {
    if (count > kMax || std::find(functions.begin(), functions.begin() + count, function) != functions.begin() + count) return false;
    if (count++ < kMax) functions[count - 1u] = function;
    return true;
  }
  bool join(const Callees& from) {
    bool changed = from.count > kMax && count <= kMax;
    if (changed) count = kMax + 1;
    for (size_t n = 0; n < from.count && from.count <= kMax; ++n) changed |= add(from.functions[n]);
    return changed;
  }
  std::span<const uint32_t> all() const { return {functions.data(), count > kMax ? size_t(0) : count}; }
};

struct Spot {
  Kind kind = Kind::None;
  core::Guess container = core::Guess::None;
  bool mixed = false; // a float's place that computed ints are put to as well, a complex number's that constant reals are
  bool isObject = false; // a place of things that are no numbers, whatever meets them elsewhere
  bool mayBeOther = false; // None, or what nothing is known of
  bool isNumber = false; // a container seems to come, too, but its use says that it is a number
  bool counts = false;   // a place of ints, as its use says, whatever is put there
  bool isSettled = false; // it is that, whatever else seems to be put there: known, or seen in a profile's runs
  uint32_t cls = core::kNone; // of an instance: FUNCTION of the body of its class, or of one that it derives from; kNone: nothing is known

  core::Doubt doubt() const { return mixed && kind >= Kind::Float ? core::Doubt::MayBeInt : mayBeOther || kind == Kind::MetInt ? core::Doubt::MayBeOther : kind == Kind::Wide ? core::Doubt::MayBeWide : core::Doubt::None; }
  bool isKnown() const { return kind != Kind::None || container != core::Guess::None || isObject; }
  // Each answers whether it has changed anything.
  bool mixSeed() { return !isSettled && kind >= Kind::Float && !std::exchange(mixed, true); }
  bool raise(Kind k, bool isMixing) {
    if (isSettled) return false;
    if (counts && k > Kind::Int) k = Kind::Int;
    const bool mixes = isMixing && isInt(k) && kind == Kind::Float && !mixed;
    mixed |= mixes;
    if (k <= kind) return mixes;
    kind = k;
    return true;
  }
  bool contain(core::Guess g) {
    if (isSettled || isNumber || g == core::Guess::None || g == container || container == kAnyContainer) return false;
    container = container == core::Guess::None ? g : kAnyContainer;
    return true;
  }
  bool beNumber() {
    if (isSettled) return false;
    container = core::Guess::None;
    return !std::exchange(isNumber, true);
  }
  bool joinClass(uint32_t c, const Joining& how) {
    if (isSettled || c == core::kNone || c == cls || cls == kAnyClass) return false;
    uint32_t both = cls == core::kNone ? c : c == kAnyClass ? kAnyClass : how.classes->common(cls, c);
    if (both == core::kNone) both = kAnyClass;
    return std::exchange(cls, both) != both;
  }
  bool join(const Spot& from, const Joining& how) {
    if (isSettled) return false;
    const bool mixes = from.mixed && !mixed;
    mixed |= mixes;
    const bool excludes = from.isObject && !isObject, empties = from.mayBeOther && !mayBeOther;
    isObject |= excludes;
    mayBeOther |= empties;
    const bool raised = raise(from.kind, how.mixes), derived = joinClass(from.cls, how);
    return contain(from.container) || raised || derived || mixes || excludes || empties;
  }
};

struct Level : Spot {
  std::array<Spot, kPositions> parts; // of a dict: its keys first
  Callees callees;

  bool join(const Level& from, const Joining& how) {
    if (isSame(from)) return false; // most are: the guesses are gone through until nothing changes
    bool changed = Spot::join(from, how);
    changed |= callees.join(from.callees);
    for (size_t p = 0; p < kPositions; ++p) {
      changed |= parts[p].join(from.parts[p], how);
      if (how.mixes && from.parts[p].kind == Kind::Seed) changed |= parts[p].mixSeed();
    }
    return changed;
  }

private:
  bool isSame(const Level& other) const { return std::memcmp(static_cast<const void*>(this), static_cast<const void*>(&other), sizeof *this) == 0; }
};
// No padding, which would have any bytes.
static_assert(sizeof(Spot) == 12 && sizeof(Callees) == 16 && sizeof(Level) == (1 + kPositions) * sizeof(Spot) + sizeof(Callees));

using Guesses = std::array<Level, kDepth>;

// Of an operator on numbers.
inline Kind resultOf(Kind a, Kind b) {
  if (a == Kind::None || b == Kind::None) return Kind::None;
  const Kind both = std::max({a, b, Kind::Int});
  if (both > Kind::Wide) return both;
  return a == Kind::Met || b == Kind::Met ? Kind::Met : a == Kind::MetInt || b == Kind::MetInt ? Kind::MetInt : both;
}

// A number and a container (unless it is used as one), or containers of several sorts: nothing.
inline core::Guess guessOf(const Spot& s) {
  if (s.container != core::Guess::None) return (s.kind == Kind::None || s.isObject) && s.container != kAnyContainer ? s.container : core::Guess::None;
  if (s.isObject) return core::Guess::None;
  switch (s.kind) {
  case Kind::None: return core::Guess::None;
  case Kind::MetInt:
  case Kind::Seed:
  case Kind::Int:
  case Kind::Wide: return core::Guess::Int;
  case Kind::Met:
  case Kind::Float: return core::Guess::Float;
  case Kind::Complex: return core::Guess::Complex;
  }
  return core::Guess::None;
}

} // namespace krait::ir::passes
