// What a program built with --profile-generate counts, and the file that it writes at its end (docs/profiles.md).
#pragma once
#include "runtime/abi/profile_counts.h"
#include "runtime/abi/value.h"

extern "C" {
/// A function was entered, or a loop went back. Runs nothing, as the other one.
void krt_profile_count(krait::ModuleCounts* module, uint64_t place);
/// A value came to a place; null: none.
void krt_profile_value(krait::Value v, krait::ModuleCounts* module, uint64_t place);
}
