// The loop. One C++ frame per activation of Python code; an error is a null word
// (or -1) from a runtime entry and leads, through the table of error points, to
// a handler or out of the function. One label per operation of the IR, in the
// order of operations.def: an operation without one does not compile.
#include "ir/interp/activation.h"

#include "ir/core/function.h"
#include "ir/interp/globals.h"
#include "ir/interp/unit.h"
#include "ir/interp/words.h"
#include "runtime/builtins/first_builtins.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/sequence.h"

#include <bit>
#include <vector>

namespace krait::ir::interp {

namespace {

// Whoever holds the frame object gets the locals.
void endOf(Activation& a) {
  if (a.generator) return endGeneratorFrame(a.generator, a.site, a.registers);
  if (krt_hot.frames) endFrameAt(a.code, a.frameAddress, a.site, a.registers, a.decoded->varCount + a.decoded->cellCount);
}

// Named locals, cells and hidden locals die.
void leave(const Code& code, Value* R) {
  for (uint32_t i = 0; i < code.variables; ++i)
    if (Value v = R[i]) {
      R[i] = Value();
      decref(v);
    }
}

uint32_t cellNumber(const Code& code, uint32_t reg) {
  return reg >= code.frees ? code.cellCount + (reg - code.frees) : reg - code.varCount;
}

// locals(): names and values of the bound variables, cells looked into.
Value localsDict(const Code& code, const CodeInfo* info, Value* R, Value& kept) {
  uint32_t count = code.varCount + code.cellCount + code.freeCount;
  std::vector<Value> names(count), values(count);
  uint32_t n = 0;
  for (uint32_t i = 0; i < code.varCount; ++i, ++n) names[n] = info->varNames[i], values[n] = R[i];
  auto addCell = [&](Value name, Value cell) {
    names[n] = name;
    values[n] = cell ? cell.as<CellObject>()->contents : Value();
    // A parameter that became a cell is listed as a local too.
    for (uint32_t k = 0; k < code.varCount; ++k)
      if (names[k] == name) {
        values[k] = values[n];
        return;
      }
    ++n;
  };
  for (uint32_t i = 0; i < code.cellCount; ++i) addCell(info->cellNames[i], R[code.varCount + i]);
  for (uint32_t i = 0; i < code.freeCount; ++i) addCell(info->freeNames[i], R[code.frees + i]);
  if (!kept) return kept = krt_locals_dict(names.data(), values.data(), n), xnewRef(kept);
  return krt_locals_update(kept, names.data(), values.data(), n) < 0 ? Value() : newRef(kept);
}

template <class T> bool compareSmall(core::Op op, T a, T b) {
  switch (op) {
  case core::Op::I64Eq: return a == b;
  case core::Op::I64Ne: return a != b;
  case core::Op::I64Lt: return a < b;
  case core::Op::I64Le: return a <= b;
  case core::Op::I64Gt: return a > b;
  default: return a >= b;
  }
}

Value rawInt(int64_t v) { return Value(static_cast<uint64_t>(v)); }
Value rawDouble(double v) { return Value(std::bit_cast<uint64_t>(v)); }
int64_t asInt(Value v) { return static_cast<int64_t>(v.bits); }
double asDouble(Value v) { return std::bit_cast<double>(v.bits); }

} // namespace

int32_t execute(Activation& a, uint32_t start, Value sent, Value* out) {
  const Code& code = *a.decoded;
  Unit& unit = *code.unit;
  Value* const R = a.registers;
  const uint32_t* const base = code.words.data();
  const uint32_t* pc = base + start;
  bool resuming = a.generator != nullptr;
  static const void* const kPlaces[] = {
#define OP(name, text, operands, result, attributes, flags, entry) &&at##name,
#include "ir/core/operations.def"
      &&atCheckLocal, &&atMove, &&atJump};

// Every operation goes to the next one itself: the processor then predicts each from where it comes.
#define OPERATION(op) at##op:
#define NEXT goto *kPlaces[*pc]
// Operands of the instruction, by word.
#define R_(k) R[pc[k]]
#define SITE() a.site = pc[1]
// The owned result of an entry goes to the register in word `to`; the next instruction is `size` words on.
#define RESULT(to, size, expression)                                                                           \
  {                                                                                                            \
    Value answer_ = (expression);                                                                              \
    if (!answer_) goto failed;                                                                                 \
    R_(to) = answer_;                                                                                          \
    pc += size;                                                                                                \
    NEXT;                                                                                                      \
  }
#define STATUS(size, expression)                                                                               \
  {                                                                                                            \
    if ((expression) < 0) goto failed;                                                                         \
    pc += size;                                                                                                \
    NEXT;                                                                                                      \
  }
// A raw truth value; the branch that mostly follows is taken at once.
#define DECIDE(to, size, flag)                                                                                 \
  {                                                                                                            \
    const bool holds_ = (flag);                                                                                \
    R_(to) = rawInt(holds_);                                                                                   \
    if (pc[size] == static_cast<uint32_t>(Opcode::CondBr) && pc[size + 1] == pc[to])                           \
      pc = base + pc[size + (holds_ ? 2 : 3)];                                                                 \
    else                                                                                                       \
      pc += size;                                                                                              \
    NEXT;                                                                                                      \
  }
#define FLAG(to, size, expression)                                                                             \
  {                                                                                                            \
    int32_t flag = (expression);                                                                               \
    if (flag < 0) goto failed;                                                                                 \
    DECIDE(to, size, flag != 0)                                                                                \
  }
#define UNARY(op, entry) OPERATION(op) SITE(); RESULT(2, 4, entry(R_(3)))
#define BINARY(op, entry) OPERATION(op) SITE(); RESULT(2, 5, entry(R_(3), R_(4)))
#define TEST(op, entry, comparison)                                                                            \
  OPERATION(op) {                                                                                              \
    Value left = R_(3), right = R_(4);                                                                         \
    if (left.bits & right.bits & Value::kIntTag) {                                                             \
      DECIDE(2, 5, static_cast<int64_t>(left.bits) comparison static_cast<int64_t>(right.bits))                \
    }                                                                                                          \
    SITE();                                                                                                    \
    FLAG(2, 5, entry(left, right))                                                                             \
  }
// Small integers are added as words: one of them without its tag.
#define ARITHMETIC(op, entry, builtin, word)                                                                   \
  OPERATION(op) {                                                                                              \
    Value left = R_(3), right = R_(4);                                                                         \
    int64_t made;                                                                                              \
    if ((left.bits & right.bits & Value::kIntTag) && !builtin(asInt(left), asInt(word), &made)) {              \
      R_(2) = rawInt(made);                                                                                    \
      pc += 5;                                                                                                 \
      NEXT;                                                                                                    \
    }                                                                                                          \
    SITE();                                                                                                    \
    RESULT(2, 5, entry(left, right))                                                                           \
  }
#define UNTAGGED Value(right.bits - 1)
#define RAW_COMPARE(op)                                                                                        \
  OPERATION(op) {                                                                                              \
    R_(1) = rawInt(compareSmall(core::Op::op, asInt(R_(2)), asInt(R_(3))));                                    \
    pc += 4;                                                                                                   \
    NEXT;                                                                                                      \
  }

#define FLOAT_COMPARE(op, comparison)                                                                          \
  OPERATION(op) {                                                                                              \
    R_(1) = rawInt(asDouble(R_(2)) comparison asDouble(R_(3)));                                                \
    pc += 4;                                                                                                   \
    NEXT;                                                                                                      \
  }

  NEXT;
    // ---- constants and copies ------------------------------------------------------------------
    OPERATION(Const) __builtin_unreachable(); // a register
    OPERATION(Copy) {
      Value v = R_(2);
      xincref(v);
      R_(1) = v;
      pc += 3;
      NEXT;
    }
    OPERATION(Kill) {
      Value v = R_(1);
      pc += 2;
      xdecref(v);
      NEXT;
    }

    // ---- locals ----------------------------------------------------------------------------------
    OPERATION(LocalGet)
    OPERATION(LocalRead)
    OPERATION(LocalPeek)
    OPERATION(LocalLend) __builtin_unreachable(); // registers
    OPERATION(CheckLocal)
      if (!R_(2)) [[unlikely]] {
        SITE();
        krt_raise_unbound_local(a.code, pc[2]);
        goto failed;
      }
      pc += 3;
      NEXT;
    OPERATION(LocalTake) {
      Value& local = R_(1);
      R_(2) = local;
      local = Value();
      pc += 3;
      NEXT;
    }
    OPERATION(LocalSet) {
      Value& local = R_(1);
      Value old = local;
      local = R_(2);
      pc += 3;
      xdecref(old);
      NEXT;
    }
    OPERATION(LocalInit)
      R_(1) = R_(2);
      pc += 3;
      NEXT;
    OPERATION(LocalDel) {
      SITE();
      Value& local = R_(2);
      Value old = local;
      if (!old) {
        krt_raise_unbound_local(a.code, pc[2]);
        goto failed;
      }
      local = Value();
      pc += 3;
      decref(old);
      NEXT;
    }
    OPERATION(LocalClear) {
      Value& local = R_(1);
      Value old = local;
      local = Value();
      pc += 2;
      xdecref(old);
      NEXT;
    }

    // ---- cells -------------------------------------------------------------------------------------
    OPERATION(CellMake)
      R_(1) = krt_cell_new(Value());
      pc += 2;
      NEXT;
    OPERATION(CellFromLocal) {
      Value& local = R_(1);
      R_(2) = krt_cell_new(local);
      Value old = local;
      local = Value();
      pc += 3;
      xdecref(old);
      NEXT;
    }
    OPERATION(CellGet) {
      SITE();
      Value v = krt_cell_get(R_(2));
      if (!v) {
        krt_raise_unbound_free(a.code, cellNumber(code, pc[2]));
        goto failed;
      }
      R_(3) = v;
      pc += 4;
      NEXT;
    }
    OPERATION(CellPeek)
      R_(2) = R_(1) ? krt_cell_get(R_(1)) : Value();
      pc += 3;
      NEXT;
    OPERATION(CellSet)
      krt_cell_set(R_(1), R_(2));
      pc += 3;
      NEXT;
    OPERATION(CellDel) {
      SITE();
      if (!R_(2).as<CellObject>()->contents) {
        krt_raise_unbound_free(a.code, cellNumber(code, pc[2]));
        goto failed;
      }
      krt_cell_set(R_(2), Value());
      pc += 3;
      NEXT;
    }
    OPERATION(CellRef) __builtin_unreachable(); // a register

    // ---- globals and namespaces --------------------------------------------------------------------
    OPERATION(GlobalGet) SITE(); RESULT(4, 5, globalGet(a.globals, unit.cell(pc[2]), code.globalCaches[pc[3]]))
    OPERATION(GlobalSet) {
      SITE();
      Value v = R_(3);
      int32_t status = krt_dict_global_set(a.globals, unit.cell(pc[2]), v);
      decref(v);
      STATUS(4, status)
    }
    OPERATION(GlobalDel) SITE(); STATUS(3, krt_dict_global_del(a.globals, unit.cell(pc[2])))
    OPERATION(GlobalsDict)
      R_(1) = a.globals;
      pc += 2;
      NEXT;
    OPERATION(NameGet) SITE(); RESULT(3, 5, krt_name_get(R_(4), a.globals, unit.name(pc[2])))
    OPERATION(NameGetDeref) SITE(); RESULT(4, 6, krt_name_get_deref(R_(5), R_(3), unit.name(pc[2])))
    OPERATION(NameSet) SITE(); STATUS(5, krt_name_set(R_(3), unit.name(pc[2]), R_(4)))
    OPERATION(NameDel) SITE(); STATUS(4, krt_name_del(R_(3), unit.name(pc[2])))
    OPERATION(AnnotationsSetup) SITE(); STATUS(3, krt_annotations_setup(R_(2) ? R_(2) : a.globals))
    OPERATION(LocalsDict) SITE(); RESULT(3, 4, localsDict(code, a.code, R, R_(2)))

    // ---- attributes and items ------------------------------------------------------------------------
    OPERATION(AttrGet) SITE(); RESULT(4, 6, krt_attr_get(R_(5), unit.name(pc[2]), &code.caches[pc[3]]))
    OPERATION(AttrSet) SITE(); STATUS(6, krt_attr_set(R_(4), unit.name(pc[2]), R_(5), &code.caches[pc[3]]))
    OPERATION(AttrDel) SITE(); STATUS(4, krt_attr_del(R_(3), unit.name(pc[2])))
    OPERATION(SuperAttr) SITE(); RESULT(3, 7, krt_super_attr_guarded(R_(4), R_(5), R_(6), unit.name(pc[2])))
    OPERATION(SuperNew) SITE(); RESULT(2, 6, krt_super_new_guarded(R_(3), R_(4), R_(5)))
    OPERATION(ItemGet) SITE(); RESULT(2, 5, krt_item_get(R_(3), R_(4)))
    OPERATION(ItemSet) SITE(); STATUS(5, krt_item_set(R_(2), R_(3), R_(4)))
    OPERATION(ItemDel) SITE(); STATUS(4, krt_item_del(R_(2), R_(3)))
    OPERATION(SliceGet) SITE(); RESULT(2, 7, krt_slice_get(R_(3), R_(4), R_(5), R_(6)))
    OPERATION(SliceSet) SITE(); STATUS(7, krt_slice_set(R_(2), R_(3), R_(4), R_(5), R_(6)))
    OPERATION(SliceNew)
      R_(1) = krt_slice_new(R_(2), R_(3), R_(4));
      pc += 5;
      NEXT;

    // ---- operators -------------------------------------------------------------------------------------
    ARITHMETIC(BinaryAdd, krt_add, __builtin_add_overflow, UNTAGGED)
    ARITHMETIC(BinarySub, krt_sub, __builtin_sub_overflow, UNTAGGED)
    BINARY(BinaryMul, krt_mul)
    BINARY(BinaryTrueDiv, krt_truediv)
    BINARY(BinaryFloorDiv, krt_floordiv)
    BINARY(BinaryMod, krt_mod)
    BINARY(BinaryPow, krt_pow)
    BINARY(BinaryLShift, krt_lshift)
    BINARY(BinaryRShift, krt_rshift)
    BINARY(BinaryAnd, krt_and)
    BINARY(BinaryOr, krt_or)
    BINARY(BinaryXor, krt_xor)
    BINARY(BinaryMatMul, krt_matmul)
    ARITHMETIC(InplaceAdd, krt_iadd, __builtin_add_overflow, UNTAGGED)
    ARITHMETIC(InplaceSub, krt_isub, __builtin_sub_overflow, UNTAGGED)
    BINARY(InplaceMul, krt_imul)
    BINARY(InplaceTrueDiv, krt_itruediv)
    BINARY(InplaceFloorDiv, krt_ifloordiv)
    BINARY(InplaceMod, krt_imod)
    BINARY(InplacePow, krt_ipow)
    BINARY(InplaceLShift, krt_ilshift)
    BINARY(InplaceRShift, krt_irshift)
    BINARY(InplaceAnd, krt_iand)
    BINARY(InplaceOr, krt_ior)
    BINARY(InplaceXor, krt_ixor)
    BINARY(InplaceMatMul, krt_imatmul)
    UNARY(UnaryNeg, krt_neg)
    UNARY(UnaryPos, krt_pos)
    UNARY(UnaryInvert, krt_invert)
    UNARY(UnaryNot, krt_not)
    BINARY(CompareLt, krt_lt)
    BINARY(CompareLe, krt_le)
    BINARY(CompareEq, krt_eq)
    BINARY(CompareNe, krt_ne)
    BINARY(CompareGt, krt_gt)
    BINARY(CompareGe, krt_ge)
    TEST(TestLt, krt_test_lt, <)
    TEST(TestLe, krt_test_le, <=)
    TEST(TestEq, krt_test_eq, ==)
    TEST(TestNe, krt_test_ne, !=)
    TEST(TestGt, krt_test_gt, >)
    TEST(TestGe, krt_test_ge, >=)
    OPERATION(Truth) SITE(); FLAG(2, 4, krt_truth(R_(3)))
    OPERATION(Is) DECIDE(1, 4, krt_is(R_(2), R_(3)))
    OPERATION(Contains) SITE(); FLAG(2, 5, krt_contains(R_(3), R_(4)))
    OPERATION(IsBuiltin) DECIDE(2, 4, isFirstBuiltin(R_(3), unit.name(pc[1])))
    OPERATION(BoolNew)
      R_(1) = boolean(R_(2).bits);
      pc += 3;
      NEXT;
    OPERATION(BoolNot)
      R_(1) = rawInt(!R_(2).bits);
      pc += 3;
      NEXT;

    // ---- calls -------------------------------------------------------------------------------------------
    OPERATION(Call) {
      SITE();
      const uint32_t n = pc[3] - 1;
      const uint32_t* args = pc + 5;
      Value callee = R_(4), made;
      if (n == 1) {
        made = krt_call1(callee, R[args[0]]);
      } else if (n == 0) {
        made = krt_call0(callee);
      } else if (n == 2) {
        made = krt_call2(callee, R[args[0]], R[args[1]]);
      } else {
        Words words(n);
        for (uint32_t i = 0; i < n; ++i) words.data[i] = R[args[i]];
        made = callWords(callee, words.data, n);
      }
      RESULT(2, 4 + pc[3], made)
    }
    OPERATION(CallKw) {
      SITE();
      uint32_t n = pc[4] - 1;
      Value made;
      {
        Words words(n);
        for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(6 + i);
        made = krt_call_kw(R_(5), words.data, n, R_(2));
      }
      RESULT(3, 5 + pc[4], made)
    }
    OPERATION(CallEx) SITE(); RESULT(2, 6, krt_call_ex(R_(3), R_(4), R_(5)))
    OPERATION(Method) {
      SITE();
      const uint32_t n = pc[5] - 1;
      Value object = R_(6), name = unit.name(pc[2]), made;
      AttrCache* cache = &code.caches[pc[3]];
      if (n == 0) {
        made = krt_method0(object, name, cache);
      } else if (n == 1) {
        made = krt_method1(object, name, cache, R_(7));
      } else {
        Words words(n);
        for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(7 + i);
        made = methodWords(object, name, cache, words.data, n);
      }
      RESULT(4, 6 + pc[5], made)
    }
    OPERATION(MethodKw) {
      SITE();
      uint32_t n = pc[6] - 1;
      Value made;
      {
        Words words(n);
        for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(8 + i);
        made = krt_method_kw(R_(7), unit.name(pc[2]), &code.caches[pc[4]], words.data, n, R_(3));
      }
      RESULT(5, 7 + pc[6], made)
    }
    OPERATION(MethodLoad) {
      SITE();
      Value self;
      Value function = krt_method_load(R_(6), unit.name(pc[2]), &code.caches[pc[3]], &self);
      if (!function) goto failed;
      R_(4) = function;
      R_(5) = self;
      pc += 7;
      NEXT;
    }
    OPERATION(SuperLoad) {
      SITE();
      Value self;
      Value function = krt_super_load(R_(6), R_(7), R_(8), unit.name(pc[2]), &code.caches[pc[3]], &self);
      if (!function) goto failed;
      R_(4) = function;
      R_(5) = self;
      pc += 9;
      NEXT;
    }
    OPERATION(MethodCall) {
      SITE();
      uint32_t n = pc[3] - 2;
      Value self = R_(5);
      Value made;
      {
        Words words(n + 1);
        uint32_t count = 0;
        if (self) words.data[count++] = self;
        for (uint32_t i = 0; i < n; ++i) words.data[count++] = R_(6 + i);
        made = callWords(R_(4), words.data, count);
      }
      RESULT(2, 4 + pc[3], made)
    }
    OPERATION(MethodCallKw) {
      SITE();
      uint32_t n = pc[4] - 2;
      Value self = R_(6);
      Value made;
      {
        Words words(n + 1);
        uint32_t count = 0;
        if (self) words.data[count++] = self;
        for (uint32_t i = 0; i < n; ++i) words.data[count++] = R_(7 + i);
        made = krt_call_kw(R_(5), words.data, count, R_(2));
      }
      RESULT(3, 5 + pc[4], made)
    }
    OPERATION(CallScoped) {
      SITE();
      uint32_t n = pc[3] - 3;
      Value made;
      {
        Words words(n);
        for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(7 + i);
        made = krt_call_scoped(R_(4), R_(5), R_(6), words.data, n);
      }
      RESULT(2, 4 + pc[3], made)
    }
    OPERATION(CallListExtend) SITE(); STATUS(5, krt_call_list_extend(R_(2), R_(3), R_(4)))
    OPERATION(CallDictMerge) SITE(); STATUS(5, krt_call_dict_merge(R_(2), R_(3), R_(4)))
    OPERATION(CallDictAdd) SITE(); STATUS(6, krt_call_dict_add(R_(3), unit.name(pc[2]), R_(4), R_(5)))

    // ---- functions, classes, imports -----------------------------------------------------------------------
    OPERATION(FunctionNew)
      SITE();
      RESULT(3, 8, krt_function_new(unit.codeInfo(pc[2]), a.globals, R_(4), R_(5), R_(6), R_(7)))
    OPERATION(ClassBuild) SITE(); RESULT(2, 7, krt_class_build(R_(3), R_(4), R_(5), R_(6)))
    OPERATION(TypingNew)
      SITE();
      RESULT(3, 7, krt_typing_new(static_cast<int32_t>(pc[2]), R_(4), R_(5), R_(6)))
    OPERATION(Import)
      SITE();
      RESULT(3, 6, krt_import(a.globals, R_(4), R_(5), static_cast<int32_t>(pc[2])))
    OPERATION(ImportFrom) SITE(); RESULT(3, 5, krt_import_from(R_(4), unit.name(pc[2])))
    OPERATION(ImportStar) SITE(); STATUS(4, krt_import_star(R_(2), R_(3) ? R_(3) : a.globals))

    // ---- iteration and unpacking ---------------------------------------------------------------------------
    OPERATION(Iter) SITE(); RESULT(2, 4, krt_iter(R_(3)))
    OPERATION(NextBr) {
      SITE();
      Value item = krt_next(R_(3));
      if (item) {
        R_(2) = item;
        pc = base + pc[4];
      } else {
        if (krt_hot.raised) goto failed;
        pc = base + pc[5];
      }
      NEXT;
    }
    UNARY(AIter, krt_aiter)
    UNARY(ANext, krt_anext)
    OPERATION(Unpack) {
      SITE();
      uint32_t n = pc[2];
      {
        Words words(n);
        if (krt_unpack(R_(4 + n), words.data, n) < 0) goto failed;
        for (uint32_t i = 0; i < n; ++i) R_(4 + i) = words.data[i];
      }
      pc += 5 + n;
      NEXT;
    }
    OPERATION(UnpackEx) {
      SITE();
      uint32_t n = pc[4];
      {
        Words words(n);
        if (krt_unpack_ex(R_(5 + n), words.data, pc[2], pc[3]) < 0) goto failed;
        for (uint32_t i = 0; i < n; ++i) R_(5 + i) = words.data[i];
      }
      pc += 6 + n;
      NEXT;
    }

    // ---- building ------------------------------------------------------------------------------------------
    OPERATION(ListNew)
    OPERATION(TupleNew)
    OPERATION(StringJoin) {
      uint32_t n = pc[2];
      {
        Words words(n);
        for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(3 + i);
        R_(1) = static_cast<Opcode>(*pc) == Opcode::ListNew    ? krt_list_new(words.data, n)
                : static_cast<Opcode>(*pc) == Opcode::TupleNew ? krt_tuple_new(words.data, n)
                                                               : krt_string_join(words.data, n);
      }
      pc += 3 + n;
      NEXT;
    }
    OPERATION(SetNew)
    OPERATION(DictNew) {
      SITE();
      uint32_t n = pc[3];
      Value made;
      {
        Words words(n);
        for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(4 + i);
        made = static_cast<Opcode>(*pc) == Opcode::SetNew ? krt_set_new(words.data, n) : krt_dict_new(words.data, n / 2);
      }
      RESULT(2, 4 + n, made)
    }
    OPERATION(ListAppend)
      krt_list_append(R_(1), R_(2));
      pc += 3;
      NEXT;
    OPERATION(ListExtend) SITE(); STATUS(4, krt_list_extend(R_(2), R_(3)))
    OPERATION(ListToTuple)
      R_(1) = krt_list_to_tuple(R_(2));
      pc += 3;
      NEXT;
    OPERATION(SetAdd) SITE(); STATUS(4, krt_set_add(R_(2), R_(3)))
    OPERATION(SetUpdate) SITE(); STATUS(4, krt_set_update(R_(2), R_(3)))
    OPERATION(DictSet) SITE(); STATUS(5, krt_dict_set(R_(2), R_(3), R_(4)))
    OPERATION(DictUpdate) SITE(); STATUS(4, krt_dict_update(R_(2), R_(3)))
    OPERATION(Format)
      SITE();
      RESULT(3, 6, krt_format_value(R_(4), static_cast<int32_t>(pc[2]), R_(5)))

    // ---- errors --------------------------------------------------------------------------------------------
    OPERATION(Raise)
      SITE();
      krt_raise(R_(2), R_(3));
      goto failed;
    OPERATION(RaiseBare)
      SITE();
      krt_raise(Value(), Value());
      goto failed;
    OPERATION(Reraise)
      SITE();
      krt_reraise(R_(2));
      goto failed;
    OPERATION(ExcTake)
      R_(1) = krt_exc_take();
      pc += 2;
      NEXT;
    OPERATION(ExcStopAsync)
      R_(1) = rawInt(krt_is_stop_async());
      pc += 2;
      NEXT;
    OPERATION(ExcPush)
      R_(1) = krt_exc_push(R_(2));
      pc += 3;
      NEXT;
    OPERATION(ExcPop) {
      Value& local = R_(1);
      Value previous = local;
      local = Value();
      pc += 2;
      krt_exc_pop(previous);
      NEXT;
    }
    OPERATION(ExcMatch) SITE(); FLAG(2, 5, krt_exc_match(R_(3), R_(4)))
    OPERATION(ExcMatchStar) {
      SITE();
      Value rest;
      Value matched = krt_exc_match_star(R_(4), R_(5), &rest);
      if (!matched) goto failed;
      R_(2) = matched;
      R_(3) = rest;
      pc += 6;
      NEXT;
    }
    OPERATION(ExcGroupFinish) SITE(); RESULT(2, 5, krt_exc_group_finish(R_(3), R_(4)))
    OPERATION(AssertFail)
      SITE();
      krt_assertion_error(R_(2));
      goto failed;

    // ---- with ------------------------------------------------------------------------------------------------
    OPERATION(WithEnter)
      SITE();
      RESULT(3, 5, krt_with_enter_lookup(R_(4), static_cast<int32_t>(pc[2])))
    OPERATION(WithExit)
      SITE();
      RESULT(3, 5, krt_with_exit_lookup(R_(4), static_cast<int32_t>(pc[2])))
    OPERATION(WithExitCall) SITE(); RESULT(2, 5, krt_with_exit_call(R_(3), R_(4)))

    // ---- match -----------------------------------------------------------------------------------------------
    OPERATION(MatchIsSequence) SITE(); FLAG(2, 4, krt_match_is_sequence(R_(3)))
    OPERATION(MatchIsMapping) SITE(); FLAG(2, 4, krt_match_is_mapping(R_(3)))
    OPERATION(MatchLength) {
      SITE();
      int64_t n = krt_match_length(R_(3));
      if (n < 0) goto failed;
      R_(2) = rawInt(n);
      pc += 4;
      NEXT;
    }
    OPERATION(MatchKeys) SITE(); RESULT(2, 5, krt_match_keys(R_(3), R_(4)))
    OPERATION(MatchClass) SITE(); RESULT(3, 7, krt_match_class(R_(4), R_(5), pc[2], R_(6)))
    OPERATION(MatchRest) SITE(); RESULT(2, 5, krt_match_rest(R_(3), R_(4)))

    // ---- generators and coroutines -----------------------------------------------------------------------------
    OPERATION(GenStart)
      SITE();
      if (!sent) goto failed;
      decref(sent);
      resuming = false;
      pc += 2;
      NEXT;
    OPERATION(Yield)
      SITE();
      if (!resuming) {
        krt_generator_set_state(a.generator, pc[2]);
        *out = R_(4);
        return kResumeYield;
      }
      resuming = false;
      if (!sent) goto failed;
      R_(3) = sent;
      pc += 5;
      NEXT;
    OPERATION(YieldFrom) {
      SITE();
      Value word = resuming ? sent : none();
      resuming = false;
      Value answer;
      int32_t result = krt_send(R_(4), word, &answer);
      if (result == kResumeYield) {
        krt_generator_set_awaiting(a.generator, R_(4));
        krt_generator_set_state(a.generator, pc[2]);
        *out = answer;
        return kResumeYield;
      }
      krt_generator_set_awaiting(a.generator, Value());
      if (result == kResumeRaise) goto failed;
      R_(3) = answer;
      pc += 5;
      NEXT;
    }
    UNARY(YieldFromIter, krt_yield_from_iter)
    OPERATION(AwaitIter) SITE(); RESULT(3, 5, krt_await_iter(R_(4), static_cast<int32_t>(pc[2])))
    OPERATION(AsyncGenWrap)
      R_(1) = krt_async_gen_wrap(R_(2));
      pc += 3;
      NEXT;

    // ---- control -----------------------------------------------------------------------------------------------
    OPERATION(Br) __builtin_unreachable(); // decoded to Move and Jump
    OPERATION(Jump) pc = base + pc[1]; NEXT;
    OPERATION(Move)
      R_(1) = R_(2);
      pc += 3;
      NEXT;
    OPERATION(CondBr) pc = base + (R_(1).bits ? pc[2] : pc[3]); NEXT;
    OPERATION(FrameLeave)
      if (krt_hot.frames || a.generator) {
        SITE();
        endOf(a);
      }
      leave(code, R);
      pc += 2;
      NEXT;
    OPERATION(Ret) *out = R_(1); return kResumeReturn;
    OPERATION(Unreachable) __builtin_trap();
    OPERATION(Poll)
      if (krt_hot.depth > krt_hot.limit) [[unlikely]] {
        SITE();
        if (krt_poll() < 0) goto failed;
      }
      pc += 2;
      NEXT;
    OPERATION(PrintExpr) SITE(); STATUS(3, krt_print_expr(R_(2)))
    OPERATION(TraceEvent) SITE(); STATUS(3, krt_trace_event(static_cast<int32_t>(pc[2])))
    OPERATION(TraceReturn) SITE(); STATUS(3, krt_trace_return(R_(2)))

    // ---- raw numbers -------------------------------------------------------------------------------------------
    OPERATION(I64Const)
      R_(3) = Value(pc[1] | static_cast<uint64_t>(pc[2]) << 32);
      pc += 4;
      NEXT;
    OPERATION(I64Add)
      R_(1) = Value(R_(2).bits + R_(3).bits);
      pc += 4;
      NEXT;
    OPERATION(I64Sub)
      R_(1) = Value(R_(2).bits - R_(3).bits);
      pc += 4;
      NEXT;
    OPERATION(I64Mul)
      R_(1) = Value(R_(2).bits * R_(3).bits);
      pc += 4;
      NEXT;
    RAW_COMPARE(I64Eq)
    RAW_COMPARE(I64Ne)
    RAW_COMPARE(I64Lt)
    RAW_COMPARE(I64Le)
    RAW_COMPARE(I64Gt)
    RAW_COMPARE(I64Ge)
    OPERATION(F64Add)
      R_(1) = rawDouble(asDouble(R_(2)) + asDouble(R_(3)));
      pc += 4;
      NEXT;
    OPERATION(F64Sub)
      R_(1) = rawDouble(asDouble(R_(2)) - asDouble(R_(3)));
      pc += 4;
      NEXT;
    OPERATION(F64Mul)
      R_(1) = rawDouble(asDouble(R_(2)) * asDouble(R_(3)));
      pc += 4;
      NEXT;
    OPERATION(F64Div)
      R_(1) = rawDouble(asDouble(R_(2)) / asDouble(R_(3)));
      pc += 4;
      NEXT;
    OPERATION(F64Const)
      R_(3) = Value(pc[1] | static_cast<uint64_t>(pc[2]) << 32);
      pc += 4;
      NEXT;
    FLOAT_COMPARE(F64Eq, ==)
    FLOAT_COMPARE(F64Ne, !=)
    FLOAT_COMPARE(F64Lt, <)
    FLOAT_COMPARE(F64Le, <=)
    FLOAT_COMPARE(F64Gt, >)
    FLOAT_COMPARE(F64Ge, >=)
    OPERATION(AllFloat) {
      bool all = true;
      uint32_t n = pc[2];
      for (uint32_t i = 0; i < n; ++i) all &= R_(3 + i).isImmediateFloat();
      R_(1) = rawInt(all);
      pc += 3 + n;
      NEXT;
    }
    OPERATION(UnboxF64)
      R_(1) = rawDouble(R_(2).immediateFloat());
      pc += 3;
      NEXT;
    OPERATION(BoxI64)
      R_(1) = krt_box_int(asInt(R_(2)));
      pc += 3;
      NEXT;
    OPERATION(BoxF64)
      R_(1) = krt_box_float(asDouble(R_(2)));
      pc += 3;
      NEXT;

failed: {
    const ErrorPoint& point = code.errorAt(static_cast<uint32_t>(pc - base));
    if (!krt_hot.raised) [[unlikely]]
      raise(SystemErrorType, "error return without exception set"); // a runtime entry broke its contract
    for (uint32_t i = 0; i < point.cleanupCount; ++i) xdecref(R[code.cleanups[point.firstCleanup + i]]);
    bool leaving = point.handler == ErrorPoint::kNoHandler;
    resuming = false;
    // Leaving without an entry of its own, the locals move into the record of the one made before.
    if (point.trace || leaving)
      addTracebackEntry(a.code, a.function, a.site, R, code.varCount + code.cellCount,
                        (leaving ? kTracebackLeaving : 0) | (point.trace ? 0 : kTracebackAgain), a.frameAddress);
    if (leaving) {
      // What dies here must not disturb the exception that is on its way.
      Value raised = krt_hot.raised;
      krt_hot.raised = Value();
      // The named ones have moved; of the hidden ones the innermost loop's dies first.
      for (uint32_t i = code.variables; i-- > 0;) clear(R[i]);
      krt_hot.raised = raised;
      return kResumeRaise;
    }
    pc = base + point.handler;
    NEXT;
  }
}

} // namespace krait::ir::interp
