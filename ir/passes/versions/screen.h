// Which calls are suitable for a transaction (inliner.h), and what they probably enter.
#pragma once

#include "ir/analysis/binding.h"
#include "ir/core/remarks.h"
#include "ir/passes/versions/plan.h"

#include <optional>
#include <unordered_set>
#include <vector>

namespace krait::ir::passes::versions {

constexpr size_t kMaxFrames = 5; // of bodies in bodies

// o.__class__ of an instance, which nothing in the module stores.
bool isOwnClass(const core::Instruction& i, const Plan& plan);
// That, an attribute of a class or module that is named, or a name that classes have constants for: probably a value that a look finds.
bool isPeeked(const core::Instruction& i, const Plan& plan);
/// Class bodies bind the name to constants, and nobody stores into an instance under it.
bool isOfClassesAlone(const core::Instruction& i, const Plan& plan);
/// By which operation it is looked at.
core::Op peekOf(const core::Instruction& i, const Plan& plan);
// A block that a transaction does not go into: unlikely, or it ends with an error.
bool isLeft(const core::Block& block);
// Of == and !=: the operand that is known to be an exact str.
std::optional<size_t> textOf(const core::Instruction& i);
// isinstance(x, C), by its name.
bool isInstanceTest(const core::Instruction& i, const facts::ModuleFacts& facts);
// Of a name that the module nowhere assigns.
bool callsBuiltin(const core::Instruction& i, const facts::ModuleFacts& facts, std::string_view name);
// `x in range(stop)` or `x in range(start, stop)`, if the call makes the range for that alone; else null.
const core::Instruction* rangeSearch(const core::Instruction& call, const facts::ModuleFacts& facts);
// `cell.peek` of the class of a method, which nothing but super() looks at.
bool isForSuper(const core::Instruction& i);
// super() of what the function was given first, which stays in its parameter.
bool isOfFirst(const core::Instruction& superLoad);
// The `method.load`, `super.load` or `super.load.of` that a `method.call` belongs to, or the method itself.
const core::Instruction* lookUpOf(const core::Instruction& i);
// The `super.load` or `super.load.of` that it belongs to.
const core::Instruction* superOf(const core::Instruction& call);
// Whose method, operator or item it is; the callee, of a call.
const core::Temp* receiverOf(const core::Instruction& i);
// The `method.call` of a `method.load`; null if there are several, or it stands elsewhere.
const core::Instruction* callOf(const core::Instruction& load);
// A library's function that computes with so many floats: of that name; and one that the module math is asked for.
bool isRealOf(std::string_view name, size_t arguments);
bool isRealOfMath(const core::Instruction& lookUp, size_t arguments);
// `o.name` or `o.name = v`, which a property may answer.
bool isAccess(const core::Instruction& i);
// Of two operands, which may be instances of classes; of an augmented assignment the left one probably is.
bool isOperator(const core::Instruction& i);
// Of an instance, whatever the key.
bool isItem(const core::Instruction& i);
// len(o) of an instance of a class of the module, by its name.
bool asksLength(const core::Instruction& i);
// A call, or what may be one of a method or of a property's function.
bool isCallOf(const core::Instruction& i);
// Whether it is the method of an operator, an item or len that is asked.
bool asksInstance(const core::Instruction& i);
// How many operands are instances then, whose classes have a say; each of them.
uint32_t instancesOf(const core::Instruction& i, const Plan& plan);
const core::Temp* instanceAt(const core::Instruction& i, uint32_t n);
// An augmented assignment for which no class that the left operand may be of has a method: the plain operator's does.
bool asksPlain(const core::Instruction& i, const Plan& plan);
// What goes before the arguments of a call of a method.
analysis::ClassModel::First firstOf(const core::Instruction& i, const Plan& plan);
// The number of the first argument among the operands; the receiver of a method, if it goes first, and an operator's left operand, is its first.
size_t firstArgument(const core::Instruction& i, const Plan& plan);
// Of a call of a class of the module: its __init__, one parameter of which is the new instance.
std::optional<uint32_t> initOf(const core::Instruction& i, const Plan& plan);

// What the parameters of a function that the call may enter take: numbers of arguments, behind the new instance of a class.
std::optional<analysis::Binding> bindingOf(const core::Instruction& i, const core::Function& target, const Plan& plan);
// Functions that the call probably enters, whose parameters the arguments and default values fit; not those that only raise.
// `unfit`, if given, is told one that is none of them for that reason.
std::vector<const core::Function*> targetsOf(const core::Instruction& i, const Plan& plan, const core::Function** unfit = nullptr);
// Whether no other function that the call may enter comes back.
bool isAlone(const core::Function& target, const core::Instruction& i, const Plan& plan);
// Those of them that are suitable, if they are the most, and how many operations it takes; the others are called beside. None: it is
// not done in place.
// `why`, if given, is told the reason then, unless nothing of the module can be meant.
struct Refusal {
  core::RemarkId id;
  std::string detail;
};
// `left`, if given, is told the blocks of these functions at which the transaction gives up, since what follows is not suitable.
using LeftBlocks = std::unordered_set<const core::Block*>;
std::optional<size_t> costOfCall(const core::Instruction& i, const Plan& plan, std::vector<const core::Function*>& targets, std::optional<Refusal>* why = nullptr,
                                 LeftBlocks* left = nullptr);

// Whether the call is done in the version, whatever is known there: most functions that it probably enters do, on some way, nothing but read
// slots, items and globals, compute, and store into slots, without loops.
bool isInlined(const core::Instruction& i, const Plan& plan);

} // namespace krait::ir::passes::versions
