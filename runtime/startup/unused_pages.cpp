// Of the pages that a program's start touches (bodies of modules, what the import protocol reads, tables), few are touched again, and
// the kernel maps fifteen more around each. They are clean and of a file, so the process may drop them at any time: MADV_DONTNEED on all
// segments that cannot be written. The allocator says when: with each of the first MiB of small blocks, later when their number has doubled.
// The faults that bring back what is needed take 2 ms of a virtual machine's processor: that is done at most once in a tenth of a second of it.
//
// A debugger's breakpoints are written into copies of such pages, so under one all stays as it is. Guests (shared libraries) never ask
// for any of this: the executable is somebody else's there.
#include "runtime/startup/unused_pages.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime/memory/heap_growth.h"
#include "runtime/memory/pages.h"

// What the linker says of the sections (codegen/layout/sections.h); null where there is none.
extern "C" {
[[gnu::weak]] extern const char __start_krt_start_data[], __stop_krt_start_data[];
[[gnu::weak]] extern const char __start_krt_start_cells[], __stop_krt_start_cells[];
[[gnu::weak]] extern const char __start_krt_start_texts[], __stop_krt_start_texts[];
extern const char __bss_start[], _end[];
}

namespace krait {
namespace {

constexpr size_t kEachUpTo = 8; // MiB
constexpr clock_t kApart = CLOCKS_PER_SEC / 10;

bool isTraced() {
  const int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (file < 0) return true;
  char text[1024];
  const ssize_t size = read(file, text, sizeof text - 1);
  close(file);
  if (size <= 0) return true;
  text[size] = 0;
  const char* row = strstr(text, "TracerPid:");
  return !row || row[strlen("TracerPid:") + strspn(row + strlen("TracerPid:"), " \t")] != '0';
}

/// visit(first address, program header) for each segment of the executable that is loaded.
template <class Visit> void forEachSegment(Visit visit) {
  const auto* header = reinterpret_cast<const ElfW(Phdr)*>(getauxval(AT_PHDR));
  const size_t count = header ? getauxval(AT_PHNUM) : 0;
  uintptr_t moved = 0;
  for (size_t i = 0; i < count; ++i)
    if (header[i].p_type == PT_PHDR) moved = reinterpret_cast<uintptr_t>(header) - header[i].p_vaddr;
  for (size_t i = 0; i < count; ++i)
    if (header[i].p_type == PT_LOAD) visit(moved + header[i].p_vaddr, header[i]);
}

void releaseSegments() {
  const auto page = static_cast<uintptr_t>(getpagesize());
  forEachSegment([page](uintptr_t first, const ElfW(Phdr)& header) {
    if (header.p_flags & PF_W) return;
    const uintptr_t start = first & ~(page - 1), end = (first + header.p_filesz + page - 1) & ~(page - 1);
    madvise(reinterpret_cast<void*>(start), end - start, MADV_DONTNEED);
  });
}

/// The beginning of the segment that this address is in.
const char* segmentOf(const char* address) {
  const char* start = nullptr;
  forEachSegment([&start, address](uintptr_t first, const ElfW(Phdr)& header) {
    const auto at = reinterpret_cast<uintptr_t>(address);
    if (first <= at && at - first < header.p_memsz) start = reinterpret_cast<const char*>(first);
  });
  return start;
}

/// They become the process's own.
void takePages(const char* start, const char* stop) {
  const uintptr_t from = reinterpret_cast<uintptr_t>(start) & ~(static_cast<uintptr_t>(getpagesize()) - 1);
  if (start != stop) populatePages(reinterpret_cast<char*>(from), reinterpret_cast<uintptr_t>(stop) - from);
}

// May not allocate: the allocator is in the middle of its work.
void release(size_t arenas) {
  static clock_t next = kApart;
  if ((arenas > kEachUpTo && !std::has_single_bit(arenas)) || clock() < next) return;
  next = clock() + kApart;
  const int error = errno;
  if (!isTraced()) releaseSegments();
  errno = error;
}

} // namespace

void releasePagesAsHeapGrows() { heapGrew = release; }

void takeStartPages() {
  takePages(__start_krt_start_data, __stop_krt_start_data);
  takePages(__start_krt_start_cells, __stop_krt_start_cells);
  takePages(__start_krt_start_texts, __stop_krt_start_texts);
  // What a measured start used stands first in the runtime's own variables (order.txt): the more modules, the more of it.
  constexpr ptrdiff_t kMostData = 256 * 1024, kMostZeros = 384 * 1024;
  const ptrdiff_t modules = __stop_krt_start_data - __start_krt_start_data;
  const char* const data = segmentOf(__start_krt_start_data);
  if (data) takePages(data, data + std::min({__start_krt_start_data - data, modules / 3 * 2, kMostData}));
  takePages(__bss_start, __bss_start + std::min({_end - __bss_start, modules, kMostZeros}));
}

} // namespace krait
