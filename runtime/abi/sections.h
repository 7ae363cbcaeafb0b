// Tables of a linked program. The linker joins what every object contributes and
// codegen's link step names the bounds; all may be empty. In programs without
// compiled code (unit tests) the symbols are absent: they are weak, test begin != null.
#pragma once
#include "runtime/abi/code.h"

namespace krait {

struct StrObject;

/// Calls of one compiled function that may reach a frame, or of that part of it which seldom runs and stands elsewhere. The calls
/// stand in another section: looking for a function touches no pages of theirs. Addresses are relative
/// to the field that holds them, so that the table needs no relocation at run time.
struct FunctionSites {
  int32_t function;     // where its code begins
  uint32_t size;        // bytes of code
  int32_t code;         // its CodeInfo
  int32_t localsOffset; // of an array of all named locals, then cells, from the frame pointer; 0: not in memory
  int32_t functionOffset; // of the word that holds its FunctionObject*; with kOfGenerator: its GeneratorObject*; 0: none
  uint32_t callCount;
  int32_t calls;        // callCount of them in address order, packed: CallSites reads them
  int32_t inlined;      // InlinedSites that the calls name
};
constexpr int32_t kOfGenerator = 1;
struct CallSite {
  uint32_t returnOffset; // return address - where the code begins
  uint32_t site;         // into CodeInfo::sites; or kInlinedSite and the number of an InlinedSite; kLeftSite; ~0: unknown
};
/// A site in a function that was inlined, and the one that it was inlined at, which may be another InlinedSite.
struct InlinedSite {
  int32_t code; // CodeInfo
  uint32_t site;
  uint32_t outer;
};
constexpr uint32_t kInlinedSite = 0x80000000;
/// The locals of an activation die, which has ended already: whoever looks sees its caller.
constexpr uint32_t kLeftSite = UINT32_MAX - 1;
inline bool isInlinedSite(uint32_t site) { return (site & kInlinedSite) && site < kLeftSite; }

/// How a site stands in the table: small numbers for most.
constexpr uint64_t packedSite(uint32_t site) {
  return site == UINT32_MAX ? 0 : site == kLeftSite ? 1 : 2 + (uint64_t{site & ~kInlinedSite} << 1 | (site >= kInlinedSite));
}
constexpr uint32_t unpackedSite(uint64_t packed) {
  if (packed < 2) return packed ? kLeftSite : UINT32_MAX;
  return static_cast<uint32_t>((packed - 2) >> 1) | ((packed & 1) ? kInlinedSite : 0);
}

/// Reads the calls of a function, one after the other. Each is two numbers (ULEB128): how far its return address is from the one before (the
/// first: from where the code begins), and packedSite of its site; mostly two or three bytes in all.
class CallSites {
public:
  CallSites(const uint8_t* packed, uint32_t count) : at_(packed), left_(count) {}
  /// False behind the last one.
  bool next(CallSite& call) {
    if (left_ == 0) return false;
    --left_;
    offset_ += static_cast<uint32_t>(number());
    call = {offset_, unpackedSite(number())};
    return true;
  }

private:
  uint64_t number() {
    uint64_t n = 0;
    for (int shift = 0;; shift += 7) {
      const uint8_t byte = *at_++;
      n |= uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return n;
    }
  }
  const uint8_t* at_;
  uint32_t left_, offset_ = 0;
};

/// All names in the program's data, the runtime's included: open addressing over the unkeyed name hash, linear probing,
/// entries of hash << 32 | distance of the name's object from the entry, of which some are 0.
struct ProgramNames {
  uint64_t count;
  uint64_t entries[];

  const StrObject* object(uint64_t i) const {
    return reinterpret_cast<const StrObject*>(reinterpret_cast<const char*>(&entries[i]) + (entries[i] & UINT32_MAX));
  }

  /// Where the search for a hash begins.
  static constexpr uint64_t home(uint32_t hash, uint64_t count) { return (hash * count) >> 32; }
};

/// Answers the address that a relative field stands for.
template <class T> inline const T* fieldAddress(const int32_t& field) {
  return reinterpret_cast<const T*>(reinterpret_cast<const char*>(&field) + field);
}

extern "C" {
[[gnu::weak]] extern const ProgramNames krt_program_names;
[[gnu::weak]] extern ModuleInfo* krt_modules_begin[];
[[gnu::weak]] extern ModuleInfo* krt_modules_end[];
[[gnu::weak]] extern const NativeModule* krt_natives_begin[];
[[gnu::weak]] extern const NativeModule* krt_natives_end[];
[[gnu::weak]] extern const FunctionSites krt_sites_begin[];
[[gnu::weak]] extern const FunctionSites krt_sites_end[];
}

} // namespace krait
