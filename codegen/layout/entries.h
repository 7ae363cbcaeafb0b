// The runtime's entries as LLVM declarations. Types and attributes are derived
// by templates from the C++ prototypes in runtime/abi/entries.h and the flags
// of their rows, so compiler and runtime cannot disagree.
#pragma once
#include <llvm/IR/Module.h>
#include <span>
#include "runtime/abi/entries.h"

namespace krait::codegen::layout {

/// One enumerator per row of entries.def. CUSTOM is what operations.def says of an operation without one.
enum class Entry : uint16_t {
  CUSTOM,
#define ENTRY(result, name, params, flags) name,
#include "runtime/abi/entries.def"
#undef ENTRY
};

/// What a parameter or result is; several C++ types map to one LLVM type but get different arguments.
enum class Kind : uint8_t { Void, Word, I32, I64, F64, Slot, Code, Module, Function, Generator, Cache };

struct Signature {
  const char* name;
  Kind result;
  std::span<const Kind> params;
  uint32_t flags; // entry_flags
};

/// All of them, by Entry.
std::span<const Signature> signatures();
const Signature& signatureOf(Entry entry);
llvm::Type* llvmType(Kind kind, llvm::LLVMContext& context);
/// Finds or adds the declaration.
llvm::FunctionCallee declare(Entry entry, llvm::Module& module);
/// What the inline half of an entry of the hot runtime leaves the rest to: `<name>_slow`, of the same type.
llvm::FunctionCallee declareBeyond(Entry entry, llvm::Module& module);

} // namespace krait::codegen::layout
