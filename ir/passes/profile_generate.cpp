// Counts what a profile says of the module's functions (docs/profiles.md): how often they are entered, how often loops go round, and
// of what kind values are that nothing in the text tells. First of all passes.
//
//     ^0:                                  ^0:
//       %0 = local.get $x !0                 profile.enter "65f1d1e7a0f2b0c4"
//       %1 = attr.get "y", %0 !0             %2 = local.peek $x
//       local.init $y, %1                    profile.value "parameter x", %2
//                                            %0 = local.get $x !0
//                                            profile.value "1:8-1:11 attr.get of", %0
//                                            %1 = attr.get "y", %0 !0
//                                            profile.value "1:8-1:11 attr.get", %1
//                                            local.init $y, %1
#include "ir/analysis/profile_places.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

namespace {

// Behind the instruction and the deaths that belong to it.
void countResult(Instruction& i, Temp* t, uint32_t name) {
  if (hasResultFirst(i.op)) {
    insertBefore(i.target(0)->first, Op::ProfileValue, {t}, name);
    return;
  }
  Instruction* next = i.next;
  while (next->is(Op::Kill) && next->operand(0) != t) next = next->next;
  insertBefore(next, Op::ProfileValue, {t}, name);
}

} // namespace

bool runProfileGenerate(Function& f) {
  if (!analysis::isProfiled(f)) return false;
  const analysis::ProfilePlaces places = analysis::profilePlacesOf(f);
  Instruction* start = f.entry()->first;
  if (start->is(Op::GenStart)) start = start->next;
  insertBefore(start, Op::ProfileEnter, {}, f.module.names.intern(places.hash));
  for (const analysis::ProfilePlace& place : places.all) {
    const uint32_t name = f.module.names.intern(place.name);
    switch (place.what) {
    case analysis::ProfilePlace::What::Passed:
      insertBefore(start, Op::ProfileValue, {insertBefore(start, Op::LocalPeek, {}, place.number)->result()}, name);
      break;
    case analysis::ProfilePlace::What::Result: countResult(*place.at, place.value(), name); break;
    case analysis::ProfilePlace::What::Operand: insertBefore(place.at, Op::ProfileValue, {place.value()}, name); break;
    case analysis::ProfilePlace::What::Round: insertBefore(place.at, Op::ProfileRound, {}, name); break;
    }
  }
  return true;
}

} // namespace krait::ir::passes
