// What the guesser (guess_numbers.cpp) knows of a place: the value, its items, the items of those; and of a tuple what stands at
// its first positions, of a dict what its keys are.
#pragma once

#include "ir/core/guess.h"

#include <algorithm>
#include <array>

namespace krait::ir::passes {

constexpr size_t kDepth = 3, kPositions = 4;

// Seed: constant ints at most.
enum class Kind : uint8_t { None, Seed, Int, Float, Complex };

constexpr core::Guess kAnyContainer = core::Guess::Int; // of several sorts

struct Spot {
  Kind kind = Kind::None;
  core::Guess container = core::Guess::None;
  bool mixed = false; // a float's place that computed ints are put to as well
  bool isObject = false; // a place of things that are no numbers, whatever meets them elsewhere

  bool isKnown() const { return kind != Kind::None || container != core::Guess::None || isObject; }
  // Each answers whether it has changed anything.
  bool raise(Kind k, bool isMixing) {
    const bool mixes = isMixing && k == Kind::Int && kind == Kind::Float && !mixed;
    mixed |= mixes;
    if (k <= kind) return mixes;
    kind = k;
    return true;
  }
  bool contain(core::Guess g) {
    if (g == core::Guess::None || g == container || container == kAnyContainer) return false;
    container = container == core::Guess::None ? g : kAnyContainer;
    return true;
  }
  bool join(const Spot& from, bool isMixing) {
    const bool mixes = from.mixed && !mixed;
    mixed |= mixes;
    const bool excludes = from.isObject && !isObject;
    isObject |= excludes;
    const bool raised = raise(from.kind, isMixing);
    return contain(from.container) || raised || mixes || excludes;
  }
};

struct Level : Spot {
  std::array<Spot, kPositions> parts; // of a dict: its keys first

  bool join(const Level& from, bool isMixing) {
    bool changed = Spot::join(from, isMixing);
    for (size_t p = 0; p < kPositions; ++p) changed |= parts[p].join(from.parts[p], isMixing);
    return changed;
  }
};

using Guesses = std::array<Level, kDepth>;

// Of an operator on numbers.
inline Kind resultOf(Kind a, Kind b) { return a != Kind::None && b != Kind::None ? std::max({a, b, Kind::Int}) : Kind::None; }

// A number and a container, or containers of several sorts: nothing.
inline core::Guess guessOf(const Spot& s) {
  if (s.container != core::Guess::None) return s.kind == Kind::None && s.container != kAnyContainer ? s.container : core::Guess::None;
  if (s.isObject) return core::Guess::None;
  switch (s.kind) {
  case Kind::None: return core::Guess::None;
  case Kind::Seed:
  case Kind::Int: return core::Guess::Int;
  case Kind::Float: return core::Guess::Float;
  case Kind::Complex: return core::Guess::Complex;
  }
  return core::Guess::None;
}

} // namespace krait::ir::passes
