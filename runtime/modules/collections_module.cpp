// _collections: defaultdict, _count_elements; deque, OrderedDict and _tuplegetter
// are in files of their own.
#include "runtime/modules/deque.h"
#include "runtime/modules/ordered_dict.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/object/type_name.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"

namespace krait {

// ---- defaultdict ------------------------------------------------------------

namespace {
struct DefaultDict { DictObject dict; Value factory; };
DefaultDict* asDefault(Value v) { return v.as<DefaultDict>(); }
} // namespace

extern Type defaultdictType;

static void defaultDealloc(Object* o) {
  clear(reinterpret_cast<DefaultDict*>(o)->factory);
  dictType.dealloc(o);
}
static int defaultTraverse(Object* o, Visit visit, void* context) {
  if (int r = visit(reinterpret_cast<DefaultDict*>(o)->factory, context)) return r;
  return dictType.traverse(o, visit, context);
}
static void defaultClear(Object* o) {
  clear(reinterpret_cast<DefaultDict*>(o)->factory);
  dictType.clear(o);
}
static Value defaultConstruct(Type* t, const Args&) {
  Value v = allocateOf(t, 0);
  if (!v) return v;
  asDict(v)->strKeysOnly = true;
  gcTrack(v.object());
  return v;
}
static int32_t defaultInit(Value self, const Args& args) {
  Value factory = args.count ? args[0] : none();
  if (!isNone(factory) && !isCallable(factory))
    return fail(TypeErrorType, "first argument must be callable or None");
  assign(asDefault(self)->factory, isNone(factory) ? Value() : newRef(factory));
  size_t skip = args.count ? 1 : 0;
  return dictType.init(self, Args{args.values + skip, args.count - skip, args.names});
}
/// factory(), where it stands for the types that most have.
static Value made(Value factory) {
  const Object* o = factory.object();
  if (o == &listType.header) return newList(0);
  if (o == &intType.header) return newInt(0);
  if (o == &setType.header) return newSet(Value());
  return o == &dictType.header ? newDict() : call(factory);
}
static Value defaultMissing(Value self, Value key) {
  Ref factory = Ref(xnewRef(asDefault(self)->factory));
  if (!factory || isNone(factory)) return raiseKeyError(key);
  Ref v(made(factory));
  if (!v) return Value();
  return (isExact(self, defaultdictType) ? dictSet(self, key, v) : setItem(self, key, v)) == 0 ? v.release() : Value();
}
static Value defaultRepr(Value self) {
  Ref base(dictType.repr(self));
  if (!base) return Value();
  const char* name = shortName(typeOf(self));
  Value factory = asDefault(self)->factory;
  Ref text;
  if (!factory) {
    text.reset(newStr("None"));
  } else {
    int32_t entered = reprEnter(factory);
    if (entered < 0) return Value();
    if (entered > 0) {
      text.reset(newStr("..."));
    } else {
      text.reset(repr(factory));
      reprLeave(factory);
    }
  }
  return text ? formatText("%s(%U, %U)", name, text.get(), base.get()) : Value();
}
static Value defaultCopy(Value self) {
  Value factory = asDefault(self)->factory;
  return call(asValue(typeOf(self)), {factory ? factory : none(), self});
}
static Value defaultReduce(Value self) {
  Value factory = asDefault(self)->factory;
  Ref args(factory && !isNone(factory) ? newTuple({factory}) : emptyTuple());
  Ref items(args ? callMethod(self, NAME(items)) : Value());
  Ref it(items ? iterate(items) : Value());
  return it ? newTuple({asValue(typeOf(self)), args, none(), none(), it}) : Value();
}
static Value defaultOr(Value a, Value b) {
  Value self = isInstanceOf(a, defaultdictType) ? a : b;
  if (!isDict(a) || !isDict(b)) return notImplemented();
  Value factory = asDefault(self)->factory;
  Ref result(call(asValue(typeOf(self)), {factory ? factory : none(), a}));
  if (result && !isDict(result)) return raise(SystemErrorType, "bad argument to internal function"); // what a __new__ gave
  return result && dictMerge(result, b, 1) == 0 ? result.release() : Value();
}

static constexpr MethodDef defaultMethods[] = {
    {"__missing__", defaultMissing},
    {"copy", defaultCopy},
    {"__copy__", defaultCopy},
    {"__reduce__", defaultReduce, "($self, /)", kMethodUnsigned},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
static constexpr MemberDef defaultMembers[] = {
    {"default_factory", MemberKind::ObjectNone, offsetof(DefaultDict, factory), false}, {}};
static constexpr NumberSlots defaultNumber = {.or_ = defaultOr};

constinit Type defaultdictType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "collections.defaultdict",
    .base = &dictType,
    .flags = kTypeBaseType | kTypeDict | kTypeMapping | kTypeOwnGetAttr,
    .instanceLayout = {.type = &defaultdictType, .size = sizeof(DefaultDict), .flags = kLayoutGc},
    .dealloc = defaultDealloc,
    .traverse = defaultTraverse,
    .clear = defaultClear,
    .repr = defaultRepr,
    .init = defaultInit,
    .construct = defaultConstruct,
    .number = &defaultNumber,
    .methods = defaultMethods,
    .members = defaultMembers,
    .doc = "A dict that makes missing values: defaultdict(factory=None, /, [...]).",
};

// ---- _count_elements --------------------------------------------------------

/// The characters of a text of bytes, each as often as it is there, in the order in which they come first. -1 with an error.
static int32_t countCharacters(Value empty, const StrObject* text) {
  int64_t counts[256] = {};
  uint8_t order[256];
  size_t n = 0;
  for (int64_t i = 0; i < text->length; ++i) {
    const uint8_t c = text->data()[i];
    if (!counts[c]++) order[n++] = c;
  }
  for (size_t i = 0; i < n; ++i) {
    Ref count(newInt(counts[order[i]]));
    const Value key = newStrFromChar(order[i]); // one of those that live for ever
    if (dictSet(empty, key, keyHash(key), count) < 0) return -1;
  }
  return 0;
}

/// mapping[item] = mapping.get(item, 0) + 1 for every item. A dict whose class left get and __setitem__ alone is
/// counted in directly.
static Value countElements(Value, const Value* argv) {
  Value mapping = argv[0];
  bool direct = false;
  if (isDict(mapping)) {
    typeReady(&dictType);
    direct = typeLookup(typeOf(mapping), NAME(get)) == typeLookup(&dictType, NAME(get)) &&
             typeLookup(typeOf(mapping), NAME(__setitem__)) == typeLookup(&dictType, NAME(__setitem__));
  }
  if (direct && isExactStr(argv[1]) && asStr(argv[1])->kind == 1 && !dictSize(mapping))
    return countCharacters(mapping, asStr(argv[1])) < 0 ? Value() : none();
  Items items(argv[1]);
  if (!items) return Value();
  Ref get(direct ? Value() : getAttr(mapping, NAME(get)));
  if (!direct && !get) return Value();
  Ref one(newInt(1)), zero(newInt(0));
  for (;;) {
    Ref item(items.next());
    if (!item) return errorSet() ? Value() : none();
    if (direct) {
      int64_t h = keyHash(item);
      if (h == -1) return Value();
      bool added;
      Value* word = dictFindOrAdd(mapping, item, h, one, &added);
      if (!word) return Value();
      if (added) continue;
      Value old = *word;
      if (old.isSmallInt() && old.smallInt() < Value::kSmallMax) {
        *word = newInt(old.smallInt() + 1);
        continue;
      }
      Ref held = Ref::share(old);
      Ref more(krt_add(held, one));
      if (!more || dictSet(mapping, item, h, more) < 0) return Value();
    } else {
      Ref old(call(get, {item, zero}));
      Ref more(old ? krt_add(old, one) : Value());
      if (!more || setItem(mapping, item, more) < 0) return Value();
    }
  }
}

static constexpr MethodDef collectionsMethods[] = {
    {"_count_elements", countElements, "($module, mapping, iterable, /)"}, {}};

static int collectionsExec(Value m) {
  for (Type* t : std::initializer_list<Type*>{&dequeType, &defaultdictType, &orderedDictType, &dequeIteratorType, &dequeReverseIteratorType,
                  &tupleGetterType})
    if (moduleAddType(m, t) < 0) return -1;
  return 0;
}
extern "C" constinit const NativeModule krt_module_collections = {"_collections", collectionsMethods,
                                                                   collectionsExec};

} // namespace krait
