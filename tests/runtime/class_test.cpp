// Classes, attributes, inline slots, method caches, descriptors.
#include "runtime/memory/gc.h"
#include "runtime/object/cached_properties.h"
#include "runtime/object/heap_type.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/super.h"
#include "runtime/types/weakref.h"
#include "tests/runtime/core_support.h"

namespace krait {
namespace {

using namespace testing_support;

Value name(const char* text) { return internStr(std::string_view(text)); }

Value bodyTwice(FunctionObject*, Value self, Value n) {
  Ref s(self), m(n);
  return intAdd(n, n);
}
Value bodyInit(FunctionObject*, Value self, Value x) {
  Ref s(self), v(x);
  return setAttr(self, "x", x) < 0 ? Value() : none();
}
Value bodyTrue(FunctionObject*, Value self, Value other) {
  Ref s(self), o(other);
  return boolean(true);
}
Value bodyAnswer(FunctionObject*, Value self) {
  Ref s(self);
  return Value::ofSmallInt(42);
}

TEST(Class, MakesInstancesWithAttributes) {
  Ref ns(newDict());
  Ref cls(makeClass("Point", {}, ns, {"x", "y"}));
  ASSERT_TRUE(cls) << takeError();
  EXPECT_EQ(cls.as<Type>()->instanceLayout.slotCount, 2u);
  EXPECT_FALSE(dictGet(cls.as<Type>()->dict, "__krait_slots__"));
  Ref o(call(cls));
  ASSERT_TRUE(o) << takeError();
  EXPECT_EQ(setAttr(o, "y", Value::ofSmallInt(2)), 0);
  EXPECT_EQ(setAttr(o, "x", Value::ofSmallInt(1)), 0);
  EXPECT_EQ(setAttr(o, "z", Value::ofSmallInt(3)), 0);
  Ref d(getAttr(o, "__dict__"));
  EXPECT_EQ(shown(d), "{'y': 2, 'x': 1, 'z': 3}");
  EXPECT_EQ(setAttr(o, "y", Value()), 0);
  EXPECT_EQ(shown(d), "{'x': 1, 'z': 3}");
  EXPECT_EQ(dictSet(d, "y", Value::ofSmallInt(9)), 0);
  EXPECT_EQ(getAttr(o, "y"), Value::ofSmallInt(9));
  o.reset();
  EXPECT_EQ(shown(d), "{'x': 1, 'z': 3, 'y': 9}");
}

TEST(Class, OrderOfSlotsIsThatOfCreation) {
  Ref ns(newDict());
  Ref cls(makeClass("C", {}, ns, {"a", "b", "c"}));
  Ref o(call(cls));
  for (const char* n : {"c", "a", "b"}) setAttr(o, n, none());
  setAttr(o, "a", Value());
  setAttr(o, "a", none());
  Ref d(getAttr(o, "__dict__"));
  EXPECT_EQ(shown(d), "{'c': None, 'b': None, 'a': None}");
}

TEST(Class, MissingAttributeNamesTheClass) {
  Ref ns(newDict());
  Ref cls(makeClass("C", {}, ns));
  Ref o(call(cls));
  EXPECT_FALSE(getAttr(o, "nope"));
  EXPECT_EQ(takeError(), "AttributeError: 'C' object has no attribute 'nope'");
  EXPECT_FALSE(getAttr(cls, "nope"));
  EXPECT_EQ(takeError(), "AttributeError: type object 'C' has no attribute 'nope'");
  EXPECT_EQ(setAttr(asValue(&intType), "x", none()), -1);
  EXPECT_EQ(takeError(), "TypeError: cannot set 'x' attribute of immutable type 'int'");
  EXPECT_FALSE(getAttrOptional(o, name("nope")));
  EXPECT_EQ(takeError(), "<none>");
}

TEST(Class, InlineSlotsAreInheritedAndExtended) {
  Ref ns(newDict()), ns2(newDict());
  Ref base(makeClass("B", {}, ns, {"a"}));
  Ref derived(makeClass("D", {base}, ns2, {"b"}));
  const Layout &l = base.as<Type>()->instanceLayout, &m = derived.as<Type>()->instanceLayout;
  EXPECT_EQ(l.slotOffset, m.slotOffset);
  EXPECT_EQ(m.slotCount, 2u);
  EXPECT_EQ(m.slotNames[0], name("a"));
}

TEST(Class, MroIsC3) {
  Ref n1(newDict()), n2(newDict()), n3(newDict()), n4(newDict());
  Ref a(makeClass("A", {}, n1)), b(makeClass("B", {a}, n2)), c(makeClass("C", {a}, n3)), d(makeClass("D", {b, c}, n4));
  ASSERT_TRUE(d) << takeError();
  auto* mro = asTuple(d.as<Type>()->mro);
  ASSERT_EQ(mro->size, 5);
  EXPECT_EQ(mro->items[1], b.get());
  EXPECT_EQ(mro->items[2], c.get());
  EXPECT_EQ(mro->items[3], a.get());
  Ref bad(makeClass("E", {a, b}, n1));
  EXPECT_FALSE(bad);
  EXPECT_EQ(takeError(), "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases A, B");
  Ref conflict(makeClass("F", {asValue(&intType), asValue(&strType)}, n1));
  EXPECT_FALSE(conflict);
  EXPECT_EQ(takeError(), "TypeError: multiple bases have instance lay-out conflict");
}

TEST(Class, SlotsAndTheirErrors) {
  Ref ns(newDict());
  Ref slots(newTuple({name("p"), name("q")}));
  dictSet(ns, "__slots__", slots);
  Ref cls(makeClass("S", {}, ns));
  ASSERT_TRUE(cls) << takeError();
  Ref o(call(cls));
  EXPECT_FALSE(getAttr(o, "p"));
  EXPECT_EQ(takeError(), "AttributeError: 'S' object has no attribute 'p'");
  EXPECT_EQ(setAttr(o, "p", Value::ofSmallInt(1)), 0);
  EXPECT_EQ(getAttr(o, "p"), Value::ofSmallInt(1));
  EXPECT_EQ(setAttr(o, "r", none()), -1);
  EXPECT_EQ(takeError(), "AttributeError: 'S' object has no attribute 'r'");
  EXPECT_FALSE(newWeakref(o, Value()));
  EXPECT_EQ(takeError(), "TypeError: cannot create weak reference to 'S' object");
}

TEST(Class, SpecialMethodsReachTheSlots) {
  Ref ns(newDict());
  Ref add(makeFunction("__add__", reinterpret_cast<void*>(bodyTwice), 2));
  Ref eq(makeFunction("__eq__", reinterpret_cast<void*>(bodyTrue), 2));
  Ref len(makeFunction("__len__", reinterpret_cast<void*>(bodyAnswer), 1));
  dictSet(ns, "__add__", add);
  dictSet(ns, "__eq__", eq);
  Ref cls(makeClass("N", {}, ns));
  Ref o(call(cls));
  EXPECT_EQ(krt_add(o, Value::ofSmallInt(4)), Value::ofSmallInt(8));
  EXPECT_EQ(krt_test_eq(o, none()), 1);
  EXPECT_EQ(hash(o), -1);
  EXPECT_EQ(takeError(), "TypeError: unhashable type: 'N'");
  EXPECT_EQ(length(o), -1);
  EXPECT_EQ(takeError(), "TypeError: object of type 'N' has no len()");
  setAttr(cls, "__len__", len);
  EXPECT_EQ(length(o), 42);
  setAttr(cls, "__len__", Value());
  EXPECT_EQ(length(o), -1);
  errorClear();
}

TEST(Class, SubclassOfBuiltinKeepsItsSlots) {
  Ref ns(newDict());
  Ref cls(makeClass("L", {asValue(&listType)}, ns));
  Ref items(newTuple({Value::ofSmallInt(1), Value::ofSmallInt(2)}));
  Ref o(call(cls, {items}));
  ASSERT_TRUE(o) << takeError();
  EXPECT_EQ(length(o), 2);
  EXPECT_EQ(getItem(o, Value::ofSmallInt(1)), Value::ofSmallInt(2));
  EXPECT_EQ(cls.as<Type>()->mapping->subscript, listType.mapping->subscript);
  EXPECT_EQ(setAttr(o, "extra", none()), 0);
  EXPECT_EQ(shown(o), "[1, 2]");
}

TEST(Class, SitesEnterTheFunctionsOfProperties) {
  Ref answer(makeFunction("answer", reinterpret_cast<void*>(bodyAnswer), 1));
  Ref store(makeFunction("store", reinterpret_cast<void*>(bodyInit), 2));
  Ref hook(makeFunction("__getattr__", reinterpret_cast<void*>(bodyTrue), 2));
  for (const bool isHooked : {false, true}) {
    Ref ns(newDict());
    Ref property(call(asValue(&propertyType), {answer, store}));
    dictSet(ns, "p", property);
    if (isHooked) dictSet(ns, "__getattr__", hook);
    Ref cls(makeClass("P", {}, ns, {"x"}));
    Ref o(call(cls));
    AttrCache get{}, set{};
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(krt_attr_get(o, name("p"), &get), Value::ofSmallInt(42));
      EXPECT_EQ(krt_attr_set(o, name("p"), Value::ofSmallInt(i), &set), 0);
      EXPECT_EQ(getAttr(o, "x"), Value::ofSmallInt(i));
    }
    // Where a __getattr__ may be asked, nothing but the runtime enters the getter.
    EXPECT_EQ(cachedGetter(o, &get), isHooked ? nullptr : answer.get().as<FunctionObject>());
    EXPECT_EQ(cachedProperty(o, &get), property.get().as<PropertyObject>());
    EXPECT_EQ(cachedSetter(o, &set), store.get().as<FunctionObject>());
    setAttr(cls, "q", none());
    EXPECT_FALSE(cachedProperty(o, &get));
    EXPECT_FALSE(cachedSetter(o, &set));
  }
}

TEST(Class, MethodCacheSeesEveryChange) {
  Ref ns(newDict());
  Ref init(makeFunction("__init__", reinterpret_cast<void*>(bodyInit), 2));
  Ref answer(makeFunction("get", reinterpret_cast<void*>(bodyAnswer), 1));
  dictSet(ns, "__init__", init);
  dictSet(ns, "get", answer);
  Ref cls(makeClass("M", {}, ns, {"x"}));
  Ref o(krt_call1(cls, Value::ofSmallInt(5)));
  ASSERT_TRUE(o) << takeError();
  AttrCache get{}, method{};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(krt_attr_get(o, name("x"), &get), Value::ofSmallInt(5));
    EXPECT_EQ(krt_method0(o, name("get"), &method), Value::ofSmallInt(42));
  }
  EXPECT_EQ(get.layout, &cls.as<Type>()->instanceLayout);
  EXPECT_EQ(knownMethod(o, name("get")), answer.get().as<FunctionObject>());
  // An instance attribute hides the method, by whatever way it comes.
  Ref d(getAttr(o, "__dict__"));
  Ref replacement(makeFunction("get", reinterpret_cast<void*>(bodyAnswer), 1));
  Ref lengthOf(getAttr(asValue(&listType), "__len__"));
  EXPECT_FALSE(knownMethod(o, name("get")));
  dictSet(d, "get", none());
  EXPECT_FALSE(krt_method0(o, name("get"), &method));
  EXPECT_EQ(takeError(), "TypeError: 'NoneType' object is not callable");
  dictDelete(d, name("get"));
  EXPECT_EQ(krt_method0(o, name("get"), &method), Value::ofSmallInt(42));
  setAttr(cls, "get", Value());
  EXPECT_FALSE(krt_method0(o, name("get"), &method));
  EXPECT_EQ(takeError(), "AttributeError: 'M' object has no attribute 'get'");
}

// Rows of names: of a class and those below it, which answer for each other's changes, and of more names than there are rows.
TEST(Class, MethodRowsHoldUntilTheClassChanges) {
  Ref n1(newDict()), n2(newDict());
  std::vector<Ref> functions;
  for (uint64_t i = 0; i < 2 * kMethodRows; ++i) {
    functions.emplace_back(makeFunction("f", reinterpret_cast<void*>(bodyAnswer), 1));
    dictSet(n1, ("m" + std::to_string(i)).c_str(), functions.back());
  }
  dictSet(n1, "v", none());
  Ref a(makeClass("A", {}, n1)), b(makeClass("B", {a}, n2, {"m1"}));
  Ref o(call(b)), p(call(a));
  for (int round = 0; round < 2; ++round)
    for (uint64_t i = 0; i < 2 * kMethodRows; ++i) {
      const Value n = name(("m" + std::to_string(i)).c_str());
      EXPECT_EQ(krt_known_method(p, n), functions[i].get().as<FunctionObject>());
      EXPECT_EQ(knownMethod(p, n), functions[i].get().as<FunctionObject>());
      EXPECT_EQ(krt_known_method(o, n), i == 1 ? nullptr : functions[i].get().as<FunctionObject>()); // a slot may hold it
    }
  EXPECT_FALSE(krt_known_method(o, name("v")));
  EXPECT_FALSE(krt_known_method(Value::ofSmallInt(1), name("m0")));
  ASSERT_TRUE(krt_known_method(o, name("m0")));
  setAttr(a, "m0", none());
  EXPECT_FALSE(knownMethod(o, name("m0")));
  EXPECT_FALSE(krt_known_method(o, name("m0")));
  EXPECT_TRUE(krt_known_method(o, name("m2")));
  setAttr(b, "m2", functions[0]);
  EXPECT_EQ(krt_known_method(o, name("m2")), functions[0].get().as<FunctionObject>());
  EXPECT_EQ(krt_known_method(p, name("m2")), functions[2].get().as<FunctionObject>());
}

TEST(Class, DataDescriptorsHideSlots) {
  Ref ns(newDict());
  Ref answer(makeFunction("get", reinterpret_cast<void*>(bodyAnswer), 1));
  Ref cls(makeClass("M", {}, ns, {"x"}));
  Ref o(call(cls));
  AttrCache get{};
  setAttr(o, "x", Value::ofSmallInt(5));
  EXPECT_EQ(krt_attr_get(o, name("x"), &get), Value::ofSmallInt(5));
  // A data descriptor on the class hides the slot.
  Ref property(call(asValue(&propertyType), {answer}));
  setAttr(cls, "x", property);
  EXPECT_EQ(krt_attr_get(o, name("x"), &get), Value::ofSmallInt(42));
  EXPECT_EQ(krt_attr_get(o, name("x"), &get), Value::ofSmallInt(42));
}

TEST(Class, BuiltinMethodsThroughTheCache) {
  Ref list(newList(0));
  MethodCache append{}, upper{};
  for (int i = 0; i < 3; ++i) {
    Ref r(krt_method1(list, name("append"), &append, Value::ofSmallInt(i)));
    EXPECT_EQ(r.get(), none());
    Ref s(newStr("ab"));
    EXPECT_EQ(textOf(krt_method0(s, name("upper"), &upper)), "AB");
  }
  EXPECT_EQ(shown(list), "[0, 1, 2]");
  Value self;
  Ref f(krt_method_load(list, name("append"), &append, &self));
  EXPECT_EQ(self, list.get());
  decref(self);
}

TEST(Class, AssigningTheClassMovesAttributes) {
  Ref n1(newDict()), n2(newDict());
  Ref a(makeClass("A", {}, n1, {"x"})), b(makeClass("B", {}, n2, {"q", "x"}));
  Ref o(call(a));
  setAttr(o, "x", Value::ofSmallInt(7));
  EXPECT_EQ(setAttr(o, "__class__", b), 0) << takeError();
  EXPECT_EQ(typeOf(o), b.as<Type>());
  EXPECT_EQ(getAttr(o, "x"), Value::ofSmallInt(7));
  EXPECT_EQ(setAttr(o, "q", none()), 0);
  EXPECT_EQ(setAttr(o, "__class__", asValue(&intType)), -1);
  EXPECT_EQ(takeError(), "TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses");
}

TEST(Class, AssigningTheBases) {
  Ref n1(newDict()), n2(newDict()), n3(newDict());
  dictSet(n2, "who", Value::ofSmallInt(2));
  dictSet(n1, "who", Value::ofSmallInt(1));
  Ref a(makeClass("A", {}, n1)), b(makeClass("B", {}, n2)), c(makeClass("C", {a}, n3));
  Ref o(call(c));
  EXPECT_EQ(getAttr(o, "who"), Value::ofSmallInt(1));
  Ref bases(newTuple({b.get()}));
  EXPECT_EQ(setAttr(c, "__bases__", bases), 0) << takeError();
  EXPECT_EQ(getAttr(o, "who"), Value::ofSmallInt(2));
  Ref subs(callMethod(a, "__subclasses__"));
  EXPECT_EQ(asList(subs)->size, 0);
  Ref own(newTuple({c.get()}));
  EXPECT_EQ(setAttr(c, "__bases__", own), -1);
  EXPECT_EQ(takeError(), "TypeError: a __bases__ item causes an inheritance cycle");
}

TEST(Class, WeakReferencesDieWithTheirTarget) {
  Ref ns(newDict());
  Ref cls(makeClass("W", {}, ns));
  Ref o(call(cls));
  Ref ref(newWeakref(o, Value())), same(newWeakref(o, Value()));
  EXPECT_EQ(ref.get(), same.get());
  EXPECT_EQ(weakrefTarget(ref), o.get());
  o.reset();
  EXPECT_FALSE(weakrefTarget(ref));
  Ref dead(call(ref));
  EXPECT_EQ(dead.get(), none());
}

TEST(Class, TypesDieInCycles) {
  Ref ns(newDict());
  Ref cls(makeClass("T", {}, ns, {"me"}));
  Ref o(call(cls));
  setAttr(o, "me", o);
  Ref ref(newWeakref(cls, Value()));
  o.reset();
  cls.reset();
  gcCollect(2);
  EXPECT_FALSE(weakrefTarget(ref));
}

TEST(Class, SuperContinuesBehindTheClass) {
  Ref n1(newDict()), n2(newDict());
  Ref answer(makeFunction("f", reinterpret_cast<void*>(bodyAnswer), 1));
  dictSet(n1, "f", answer);
  dictSet(n2, "f", none());
  Ref a(makeClass("A", {}, n1)), b(makeClass("B", {a}, n2));
  Ref o(call(b));
  Ref method(krt_super_attr(b, o, name("f")));
  ASSERT_TRUE(method) << takeError();
  EXPECT_EQ(call(method), Value::ofSmallInt(42));
  Ref super(newSuper(b, o));
  EXPECT_EQ(shown(super), "<super: <class 'B'>, <B object>>");
  EXPECT_FALSE(getAttr(super, "g"));
  EXPECT_EQ(takeError(), "AttributeError: 'super' object has no attribute 'g'");
}

TEST(Class, DescriptorsOfBuiltins) {
  Ref upper(getAttr(asValue(&strType), "upper"));
  EXPECT_EQ(shown(upper), "<method 'upper' of 'str' objects>");
  EXPECT_FALSE(call(upper));
  EXPECT_EQ(takeError(), "TypeError: unbound method str.upper() needs an argument");
  EXPECT_FALSE(call(upper, {Value::ofSmallInt(1)}));
  EXPECT_EQ(takeError(), "TypeError: descriptor 'upper' for 'str' objects doesn't apply to a 'int' object");
  Ref add(getAttr(asValue(&intType), "__add__"));
  EXPECT_EQ(shown(add), "<slot wrapper '__add__' of 'int' objects>");
  EXPECT_EQ(call(add, {Value::ofSmallInt(1), Value::ofSmallInt(2)}), Value::ofSmallInt(3));
  EXPECT_FALSE(call(add));
  EXPECT_EQ(takeError(), "TypeError: descriptor '__add__' of 'int' object needs an argument");
  Ref construct(getAttr(asValue(&intType), "__new__"));
  EXPECT_FALSE(call(construct, {asValue(&strType)}));
  EXPECT_EQ(takeError(), "TypeError: int.__new__(str): str is not a subtype of int");
  EXPECT_FALSE(call(asValue(&objectType), {none()}));
  EXPECT_EQ(takeError(), "TypeError: object() takes no arguments");
}

} // namespace
} // namespace krait
