// The classes that a module's text makes by `class` statements: what they derive from and what instances of them probably have.
// A class is named by the FUNCTION of its body. Predictions only: names are bound anew, classes changed, bases come from elsewhere.
#pragma once

#include "ir/analysis/call_targets.h"
#include "ir/core/module.h"

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace krait::ir::analysis {

class ClassModel {
public:
  // The targets stay the caller's.
  ClassModel(const core::Module& module, const CallTargets& targets);

  bool isEmpty() const { return classes_.empty(); }
  bool isClass(uint32_t cls) const { return classes_.contains(cls); }
  // The class itself, then what it inherits from, the nearest first; of the module's classes.
  std::span<const uint32_t> ancestors(uint32_t cls) const { return classes_.at(cls).ancestors; }
  // The first of A's ancestors that is one of B's, too; kNone: there is none.
  uint32_t common(uint32_t a, uint32_t b) const;
  // What builtin container an instance is, where its class says nothing of its items; Instance for all others.
  core::Guess containerOf(uint32_t cls) const { return classes_.at(cls).container; }
  // What a named tuple among its bases, made by a call, says that its arguments become: NAMEs; kNone where the module asks for none of that name.
  std::span<const uint32_t> fieldsOf(uint32_t cls) const { return classes_.at(cls).fields; }
  // Whether bool() of an instance of CLS, or of a class derived from it, may be up to a class: `__bool__`, `__len__`, or what a base from elsewhere has.
  bool maySayTruth(uint32_t cls) const;
  // Whether what the body binds to values becomes instances of the class: enumerations.
  bool makesMembers(uint32_t cls) const { return classes_.at(cls).makesMembers; }
  // What `x.name` of an instance of CLS, or of a class derived from it, finds in a class: FUNCTIONs, in no particular order.
  std::vector<uint32_t> methodsNamed(uint32_t cls, uint32_t name) const { return named(cls, name, Binding::Kind::Method); }
  std::vector<uint32_t> gettersNamed(uint32_t cls, uint32_t name) const { return named(cls, name, Binding::Kind::Getter); }
  std::vector<uint32_t> staticsNamed(uint32_t cls, uint32_t name) const { return named(cls, name, Binding::Kind::Static); }
  // What `x.name = v` finds in the same way.
  std::vector<uint32_t> settersNamed(uint32_t cls, uint32_t name) const;
  // The same of a receiver: of the class that it is guessed an instance of, or else of all classes; no method of what is guessed of a
  // builtin type, nor the function itself of what it may wrap; no property of what a global of no known class holds.
  std::vector<uint32_t> methodsOf(const core::Temp* receiver, uint32_t name) const;
  // What `super().name` in a function or `super(C, x).name` finds: methods of the class that comes next, for the function's class or C and each
  // derived from it. All of that name where the class is not known.
  std::vector<uint32_t> superMethodsOf(const core::Instruction& load) const;
  // The class that it looks behind; kNone if that is not known.
  uint32_t superClassOf(const core::Instruction& load) const;
  // What it finds for an instance of `cls` behind one of that class's ancestors.
  std::optional<uint32_t> superMethodOf(uint32_t cls, uint32_t behind, uint32_t name) const;
  std::vector<uint32_t> gettersOf(const core::Temp* receiver, uint32_t name) const;
  std::vector<uint32_t> settersOf(const core::Temp* receiver, uint32_t name) const;
  // What a call of `receiver.name` probably enters, and what goes before the arguments: the receiver, nothing (static methods, and what a
  // class is asked for), or the class that the receiver is.
  enum class First : uint8_t { Receiver, None, Class };
  struct Callees {
    First first;
    std::vector<uint32_t> functions;
  };
  Callees calleesOf(const core::Temp* receiver, uint32_t name) const;
  // Of a `name.set` in a class's body: the FUNCTION whose first argument is an instance.
  static std::optional<uint32_t> instanceMethodOf(const core::Module& module, const core::Instruction& binding);
  // Whether instances of CLS probably keep the attribute in a slot: methods store it, or the body annotates it, and nothing hides it but
  // properties of classes derived from one that stores it.
  // A constant of the class is no more than what the slot has before an `__init__` fills it.
  bool isSlot(uint32_t cls, uint32_t name) const;
  // Whether instances of CLS may keep the attribute in a slot, and where they do not, the class has a constant of that name:
  // its body binds it, and methods other than `__init__` store it.
  bool isDefaulted(uint32_t cls, uint32_t name) const;
  // Whether an `__init__` that instances of CLS may have stores it.
  bool isFilledByInit(uint32_t cls, uint32_t name) const;
  // What stands for all classes that share the attribute: the farthest of its ancestors whose methods or body mention it; but where
  // several have an `__init__` that stores it and calls no other one, the nearest of these.
  std::optional<uint32_t> ownerOf(uint32_t cls, uint32_t name) const;

private:
  struct Binding {
    enum class Kind : uint8_t { Method, Static, OfClass, Getter, Constant, Other } kind;
    uint32_t function; // of a method, of whatever sort, or getter
  };
  struct Class {
    std::vector<uint32_t> bases, ancestors, descendants; // descendants: the class itself first
    std::unordered_map<uint32_t, Binding> bound;          // by NAME, in the body
    std::unordered_map<uint32_t, uint32_t> setters;       // NAME -> FUNCTION of `@….setter`
    std::unordered_set<uint32_t> stored;                  // NAMEs: annotated, stored by methods in their first parameter, or in what is guessed an instance
    std::unordered_set<uint32_t> annotated;
    std::vector<uint32_t> fields;                         // of `class C(namedtuple("C", "x y"))`
    std::unordered_set<uint32_t> filled;                  // NAMEs: stored by its `__init__`
    core::Guess container = core::Guess::Instance;
    bool initsAlone = false; // its `__init__` calls no other one
    bool makesMembers = false;
    bool saysTruth = false; // in its body, or it has a base from elsewhere
  };
  void body(const core::Module& module, const core::Function& f);
  bool isModule(const core::Temp* receiver) const;
  bool bindsConstant(uint32_t cls, uint32_t name) const;
  void linearise(uint32_t cls, unsigned depth);
  std::vector<uint32_t> named(uint32_t cls, uint32_t name, Binding::Kind kind) const;

  const CallTargets& targets_;
  std::unordered_map<uint32_t, Class> classes_;
};

} // namespace krait::ir::analysis
