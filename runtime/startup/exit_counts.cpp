#include "runtime/startup/exit_counts.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <vector>

namespace krait {

namespace {

ExitCounter* counted = nullptr;

} // namespace

void listCountedExits() {
  if (!counted) return;
  std::vector<const ExitCounter*> all;
  for (const ExitCounter* c = counted; c; c = c->next) all.push_back(c);
  std::sort(all.begin(), all.end(), [](auto* a, auto* b) { return a->count > b->count; });
  std::fputs("exits\tline\tfunction\toperation\n", stderr);
  for (const ExitCounter* c : all) std::fprintf(stderr, "%" PRId64 "\t%s\n", c->count, c->place);
}

} // namespace krait

void krt_count_exit(krait::ExitCounter* counter) {
  using namespace krait;
  if (counter->count++) return;
  counter->next = counted;
  counted = counter;
}
