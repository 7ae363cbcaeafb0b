// What a program built with --count-exits counts: how often each fast version was left, or not entered, because something was
// not as predicted.
#pragma once

#include <cstdint>

namespace krait {

/// Made by codegen/lower/versions.cpp, one for each place.
struct ExitCounter {
  int64_t count;
  const char* place; // file and line, function, operation, parted by tabs
  ExitCounter* next; // of those that were counted
};

/// To standard error, the most frequent first; nothing if none was counted.
void listCountedExits();

} // namespace krait

extern "C" void krt_count_exit(krait::ExitCounter* counter);
