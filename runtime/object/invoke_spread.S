// krt_invoke_spread(FunctionObject* f, Value* argv): calls the machine entry of
// f's code with paramCount words taken from argv, and links an anchor so that the
// frame walker knows where Python begins above native frames.
//
// Anchor record (exceptions/frame_walk.h, struct Anchor), on this frame:
//   previous anchor, function, address of this frame's base pointer slot
//
// Offsets checked by static_assert in exceptions/frame_walk.cpp:
//   FunctionObject.code 16, CodeInfo.entry and paramCount, HotState.anchor.
#include "runtime/object/invoke_offsets.h"

#if defined(__x86_64__)
  .text
  .globl krt_invoke_spread
  .type krt_invoke_spread, @function
  .p2align 4
krt_invoke_spread:
  .cfi_startproc
  pushq %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset %rbp, -16
  movq %rsp, %rbp
  .cfi_def_cfa_register %rbp
  subq $32, %rsp                      // anchor: -24 previous, -16 function, -8 frame; 8 bytes spare
  movq krt_hot+KRAIT_HOT_ANCHOR(%rip), %rax
  movq %rax, -24(%rbp)
  movq %rdi, -16(%rbp)
  movq %rbp, -8(%rbp)
  leaq -24(%rbp), %rax
  movq %rax, krt_hot+KRAIT_HOT_ANCHOR(%rip)
  movq KRAIT_FUNCTION_CODE(%rdi), %r10
  movl KRAIT_CODE_PARAM_COUNT(%r10), %eax
  movq KRAIT_CODE_ENTRY(%r10), %r11
  movq %rsi, %r10                     // argv
  cmpl $5, %eax
  jbe 3f
  // Words from the sixth on go to the stack, 16-byte aligned.
  leal -5(%rax), %ecx
  leal 1(%rcx), %edx
  andl $-2, %edx
  shlq $3, %rdx
  subq %rdx, %rsp
  xorl %edx, %edx
2:
  movq 40(%r10,%rdx,8), %r8
  movq %r8, (%rsp,%rdx,8)
  incl %edx
  cmpl %ecx, %edx
  jb 2b
3:
  // Registers are loaded only where there is a word: argv may be shorter than five.
  testl %eax, %eax
  je 4f
  movq (%r10), %rsi
  cmpl $1, %eax
  je 4f
  movq 8(%r10), %rdx
  cmpl $2, %eax
  je 4f
  movq 16(%r10), %rcx
  cmpl $3, %eax
  je 4f
  movq 24(%r10), %r8
  cmpl $4, %eax
  je 4f
  movq 32(%r10), %r9
4:
  call *%r11
  .globl krt_invoke_spread_return
krt_invoke_spread_return:
  movq -24(%rbp), %rcx
  movq %rcx, krt_hot+KRAIT_HOT_ANCHOR(%rip)
  leave
  .cfi_def_cfa %rsp, 8
  ret
  .cfi_endproc
  .size krt_invoke_spread, .-krt_invoke_spread

#elif defined(__aarch64__)
  .text
  .globl krt_invoke_spread
  .type krt_invoke_spread, %function
  .p2align 4
krt_invoke_spread:
  .cfi_startproc
  stp x29, x30, [sp, #-48]!
  .cfi_def_cfa_offset 48
  .cfi_offset x29, -48
  .cfi_offset x30, -40
  mov x29, sp
  .cfi_def_cfa_register x29
  // anchor at x29+16: previous, function, frame
  adrp x9, krt_hot
  add x9, x9, :lo12:krt_hot
  ldr x10, [x9, #KRAIT_HOT_ANCHOR]
  stp x10, x0, [x29, #16]
  str x29, [x29, #32]
  add x10, x29, #16
  str x10, [x9, #KRAIT_HOT_ANCHOR]
  ldr x10, [x0, #KRAIT_FUNCTION_CODE]
  ldr w11, [x10, #KRAIT_CODE_PARAM_COUNT]
  ldr x16, [x10, #KRAIT_CODE_ENTRY]
  mov x9, x1                          // argv
  cmp w11, #7
  b.ls 3f
  sub w12, w11, #7                    // words on the stack
  add w13, w12, #1
  and w13, w13, #-2
  sub sp, sp, w13, uxtw #3
  add x14, x9, #56
  mov x15, sp
2:
  ldr x10, [x14], #8
  str x10, [x15], #8
  subs w12, w12, #1
  b.ne 2b
3:
  cbz w11, 4f
  ldr x1, [x9]
  cmp w11, #1
  b.eq 4f
  ldr x2, [x9, #8]
  cmp w11, #2
  b.eq 4f
  ldr x3, [x9, #16]
  cmp w11, #3
  b.eq 4f
  ldr x4, [x9, #24]
  cmp w11, #4
  b.eq 4f
  ldr x5, [x9, #32]
  cmp w11, #5
  b.eq 4f
  ldr x6, [x9, #40]
  cmp w11, #6
  b.eq 4f
  ldr x7, [x9, #48]
4:
  blr x16
  .globl krt_invoke_spread_return
krt_invoke_spread_return:
  adrp x9, krt_hot
  add x9, x9, :lo12:krt_hot
  ldr x10, [x29, #16]
  str x10, [x9, #KRAIT_HOT_ANCHOR]
  mov sp, x29
  ldp x29, x30, [sp], #48
  .cfi_def_cfa sp, 0
  ret
  .cfi_endproc
  .size krt_invoke_spread, .-krt_invoke_spread
#else
#error "krt_invoke_spread: no code for this machine"
#endif

  .section .note.GNU-stack,"",%progbits
