// Functions of shared libraries that are loaded at the first call of one of theirs. A library's start-up (its
// relocations, its pages) is paid by the runs that use it: most programs contain a native module that a library of
// theirs imports, and never call it. libkrait_lazy_NAME.a has one function of this kind for each that the runtime refers to
// (tools/cmake/lazy_libraries.cmake). Executables that have a library in themselves take nothing of it (docs/libraries.md).
#pragma once

#ifdef __ASSEMBLER__
// Defines `name`, which goes where its word says: to what binds it, and from then on to the library.
.macro krait_lazy_function name
  .section .text.\name, "ax", %progbits
  .globl \name
  .type \name, %function
\name:
#if defined(__aarch64__)
  adrp x16, krt_lazy_word_\name
  add x16, x16, :lo12:krt_lazy_word_\name
  ldar x16, [x16] // another thread may have loaded the library
  br x16
  .size \name, . - \name
krt_lazy_bind_\name:
  adrp x16, krt_lazy_record_\name
  add x16, x16, :lo12:krt_lazy_record_\name
  b krt_lazy_call
#else
  jmp *krt_lazy_word_\name(%rip)
  .size \name, . - \name
krt_lazy_bind_\name:
  lea krt_lazy_record_\name(%rip), %r11
  jmp krt_lazy_call
#endif
  .section .data.rel.\name, "aw", %progbits
  .p2align 3
krt_lazy_record_\name:
  .quad krt_lazy_library, krt_lazy_text_\name
krt_lazy_word_\name:
  .quad krt_lazy_bind_\name
  .section .rodata.\name, "a", %progbits
krt_lazy_text_\name:
  .asciz "\name"
.endm

// Defines krt_address_of_`name`, for a variable.
.macro krait_lazy_variable name
  .section .text.\name, "ax", %progbits
  .globl krt_address_of_\name
  .type krt_address_of_\name, %function
krt_address_of_\name:
#if defined(__aarch64__)
  adrp x0, krt_lazy_record_\name
  add x0, x0, :lo12:krt_lazy_record_\name
  b krt_lazy_bind
#else
  lea krt_lazy_record_\name(%rip), %rdi
  jmp krt_lazy_bind
#endif
  .size krt_address_of_\name, . - krt_address_of_\name
  .section .data.rel.\name, "aw", %progbits
  .p2align 3
krt_lazy_record_\name:
  .quad krt_lazy_library, krt_lazy_text_\name, 0
  .section .rodata.\name, "a", %progbits
krt_lazy_text_\name:
  .asciz "\name"
.endm

// Once per file.
.macro krait_lazy_library name, soname
  .data
  .p2align 3
  .globl krt_lazy_library_\name
krt_lazy_library_\name:
krt_lazy_library:
  .quad krt_lazy_soname, 0
  .section .rodata.lazy, "a", %progbits
krt_lazy_soname:
  .asciz "\soname"
  .section .note.GNU-stack, "", %progbits
.endm
#else
#include "runtime/modules/shared_library.h"

namespace krait {

struct LazyFunction {
  LazyLibrary* library;
  const char* name;
  void* address;
};

/// Loads the library if need be and answers the function's address, which further calls go to. Ends the process if that
/// fails, as the loader does at start-up; modules whose library is missing cannot be imported.
extern "C" void* krt_lazy_bind(LazyFunction* function);

} // namespace krait
#endif
