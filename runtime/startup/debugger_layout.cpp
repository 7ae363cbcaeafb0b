// What tools/gdb has to know to read values out of a process or a core file: rows of a name and a number, of the headers where they
// come from. It is linked into programs that are built with -g, and read by its symbol.
#include "runtime/abi/raw_locals.h"
#include "runtime/exceptions/exception.h"
#include "runtime/modules/deque.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

#pragma clang diagnostic ignored "-Winvalid-offsetof"

namespace krait {

struct DebuggerRow {
  char name[32]; // "" ends the table
  uint64_t number;
  const Object* object; // or the address of this
};
extern "C" const DebuggerRow krt_debugger_layout[];

#define FIELD(type, field) {#type "." #field, offsetof(type, field), nullptr}
#define NUMBER(name) {#name, static_cast<uint64_t>(name), nullptr}
#define OBJECT(name) {#name, 0, &name}

constinit const DebuggerRow krt_debugger_layout[] = {
    // The word
    {"kIntTag", Value::kIntTag, nullptr}, {"kIndirectTag", Value::kIndirectTag, nullptr}, {"kPointerMask", Value::kPointerMask, nullptr},
    {"kFloatBias", Value::kFloatBias, nullptr}, {"kFloatTurn", Value::kFloatTurn, nullptr}, {"kFloatTags", Value::kFloatTags, nullptr},
    NUMBER(kRawBound), NUMBER(kNotRaw), NUMBER(kRawWhole), OBJECT(trueObject), OBJECT(falseObject),
    // Objects, their classes, their attributes
    FIELD(Object, refs), FIELD(Object, layout),
    FIELD(Layout, type), FIELD(Layout, dictOffset), FIELD(Layout, slotOffset), FIELD(Layout, slotCount), FIELD(Layout, slotNames),
    FIELD(Layout, lengthOffset), NUMBER(kPackedSlots),
    FIELD(Type, name), FIELD(Type, base), FIELD(Type, flags), FIELD(Type, heapName), FIELD(Type, dict),
    FIELD(HeapType, memberOffset), FIELD(HeapType, memberCount), FIELD(HeapType, slotNames),
    NUMBER(kTypeHeap), NUMBER(kTypeInt), NUMBER(kTypeList), NUMBER(kTypeTuple), NUMBER(kTypeBytes), NUMBER(kTypeStr), NUMBER(kTypeDict),
    NUMBER(kTypeException), NUMBER(kTypeType), NUMBER(kTypeFloat), NUMBER(kTypeSet), NUMBER(kTypeFrozenSet), NUMBER(kTypeByteArray),
    NUMBER(kTypeComplex), NUMBER(kTypeNone),
    // Builtin types
    FIELD(IntObject, size), FIELD(IntObject, limbs), FIELD(FloatObject, value), FIELD(ComplexObject, real), FIELD(ComplexObject, imag),
    FIELD(StrObject, length), FIELD(StrObject, kind), {"StrObject.data", sizeof(StrObject), nullptr},
    FIELD(BytesObject, size), FIELD(BytesObject, data), FIELD(ByteArrayObject, size), FIELD(ByteArrayObject, start),
    FIELD(ListObject, items), FIELD(ListObject, size), FIELD(TupleObject, size), FIELD(TupleObject, items),
    FIELD(RangeObject, start), FIELD(RangeObject, stop), FIELD(RangeObject, step),
    FIELD(DictObject, used), FIELD(DictObject, entries), FIELD(DictObject, entryCount),
    FIELD(DictEntry, key), FIELD(DictEntry, value), {"DictEntry", sizeof(DictEntry), nullptr},
    FIELD(SetObject, used), FIELD(SetObject, mask), FIELD(SetObject, table), FIELD(SetObject, live),
    FIELD(SetEntry, key), {"SetEntry", sizeof(SetEntry), nullptr},
    FIELD(DequeObject, ring), FIELD(DequeObject, capacity), FIELD(DequeObject, head), FIELD(DequeObject, size),
    FIELD(FunctionObject, qualname), FIELD(MethodObject, function), FIELD(MethodObject, self), FIELD(BuiltinFunctionObject, def),
    FIELD(MethodDef, name), FIELD(ModuleObject, dict), FIELD(CellObject, contents), FIELD(GeneratorObject, code),
    FIELD(ExceptionObject, args),
    // Code
    FIELD(CodeInfo, qualname), FIELD(CodeInfo, filename), FIELD(CodeInfo, firstLine),
    FIELD(ModuleInfo, name), FIELD(ModuleInfo, body), FIELD(ModuleInfo, dict), FIELD(ModuleInfo, source), FIELD(ModuleInfo, sourceSize),
    {},
};

} // namespace krait
