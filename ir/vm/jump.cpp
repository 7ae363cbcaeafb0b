// Setting f_lineno. The stack at the new place must be what is there after dropping the topmost values, so every
// instruction's stack is computed first, as kinds of values: a loop's iterator, a handled exception, the place of a
// re-raised one, a null word, anything else.
#include "ir/bytecode/flow_graph.h"
#include "ir/vm/program.h"
#include "ir/vm/vm.h"
#include "runtime/abi/entries.h"
#include "runtime/object/errors.h"

#include <algorithm>
#include <optional>

namespace krait::ir::vm {

namespace {

using bytecode::Opcode;
using enum bytecode::Opcode;

enum class Kind : uint8_t { Iterator = 1, Except = 2, Object = 3, Null = 4, Last = 5 };
using Stack = std::vector<Kind>;

class Stacks {
public:
  explicit Stacks(const Program& p) : p_(p), stacks_(p.size() + 1) {
    Stack first;
    if (p.info.flags & (kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator)) first.push_back(Kind::Object); // what is sent
    stacks_[0] = first;
    do {
      again_ = false;
      for (uint32_t i = 0; i < p_.size(); ++i) step(i);
      for (const Handler& h : p_.handlers) enter(h);
    } while (again_);
  }
  // Unset: no way leads there.
  const std::optional<Stack>& at(uint32_t unit) const { return stacks_[unit]; }

private:
  uint32_t argument(uint32_t i) const {
    uint32_t arg = p_.argument(i);
    for (uint32_t k = 1; k <= 3 && k <= i && p_.opcode(i - k) == static_cast<uint32_t>(EXTENDED_ARG); ++k)
      arg |= p_.argument(i - k) << (8 * k);
    return arg;
  }
  void reach(uint32_t from, uint32_t to, const Stack& s) {
    if (to > p_.size()) return;
    if (!stacks_[to] && to < from) again_ = true;
    stacks_[to] = s;
  }
  static void drop(Stack& s, size_t n) { s.resize(s.size() - std::min(n, s.size())); }

  void enter(const Handler& h) {
    if (h.start >= p_.size() || h.target >= p_.size() || !stacks_[h.start] || stacks_[h.target]) return;
    Stack s = *stacks_[h.start];
    if (s.size() > h.depth) s.resize(h.depth);
    if (h.pushesLast) s.push_back(Kind::Last);
    s.push_back(Kind::Except);
    stacks_[h.target] = s;
    again_ = true;
  }

  void step(uint32_t i) {
    if (!stacks_[i]) return;
    Stack s = *stacks_[i];
    const auto op = static_cast<Opcode>(p_.opcode(i));
    const uint32_t arg = argument(i), next = i + 1;
    switch (op) {
    case JUMP_IF_FALSE_OR_POP:
    case JUMP_IF_TRUE_OR_POP:
      reach(i, next + arg, s);
      drop(s, 1);
      break;
    case POP_JUMP_FORWARD_IF_FALSE:
    case POP_JUMP_FORWARD_IF_TRUE:
    case POP_JUMP_FORWARD_IF_NONE:
    case POP_JUMP_FORWARD_IF_NOT_NONE:
      drop(s, 1);
      reach(i, next + arg, s);
      break;
    case POP_JUMP_BACKWARD_IF_FALSE:
    case POP_JUMP_BACKWARD_IF_TRUE:
    case POP_JUMP_BACKWARD_IF_NONE:
    case POP_JUMP_BACKWARD_IF_NOT_NONE:
      drop(s, 1);
      reach(i, next - arg, s);
      break;
    case SEND: {
      Stack ended = s;
      drop(ended, 1);
      reach(i, next + arg, ended);
      break;
    }
    case JUMP_FORWARD: return reach(i, next + arg, s);
    case JUMP_BACKWARD:
    case JUMP_BACKWARD_NO_INTERRUPT: return reach(i, next - arg, s);
    case GET_ITER:
    case GET_AITER:
      drop(s, 1);
      s.push_back(Kind::Iterator);
      break;
    case FOR_ITER: {
      Stack ended = s;
      drop(ended, 1);
      reach(i, next + arg, ended);
      s.push_back(Kind::Object);
      break;
    }
    case END_ASYNC_FOR: drop(s, 2); break;
    case PUSH_EXC_INFO: s.push_back(Kind::Except); break;
    case POP_EXCEPT: drop(s, 1); break;
    case RETURN_VALUE:
    case RAISE_VARARGS:
    case RERAISE: return;
    case PUSH_NULL: s.push_back(Kind::Null); break;
    case LOAD_GLOBAL:
      if (arg & 1) s.push_back(Kind::Null);
      s.push_back(Kind::Object);
      break;
    case LOAD_METHOD:
      drop(s, 1);
      s.push_back(Kind::Null);
      s.push_back(Kind::Object);
      break;
    case CALL:
      drop(s, arg + 2);
      s.push_back(Kind::Object);
      break;
    case SWAP:
      if (arg >= 1 && arg <= s.size()) std::swap(s[s.size() - 1], s[s.size() - arg]);
      break;
    case COPY: s.push_back(arg >= 1 && arg <= s.size() ? s[s.size() - arg] : Kind::Object); break;
    case CACHE:
    case PRECALL: break;
    default: {
      const int effect = bytecode::stackEffect({op, static_cast<int32_t>(arg)}, false);
      if (effect < 0) drop(s, static_cast<size_t>(-effect));
      for (int n = 0; n < effect; ++n) s.push_back(Kind::Object);
    }
    }
    reach(i, next, s);
  }

  const Program& p_;
  std::vector<std::optional<Stack>> stacks_;
  bool again_ = false;
};

// CPython's order: a deeper stack is larger, among equally deep ones the one whose lowest different value is.
bool isLarger(const Stack& a, const Stack& b) {
  return a.size() != b.size() ? a.size() > b.size() : std::lexicographical_compare(b.begin(), b.end(), a.begin(), a.end());
}

bool fits(Stack from, const Stack& to) {
  while (isLarger(from, to)) from.pop_back();
  if (from.size() != to.size()) return false;
  for (size_t i = 0; i < to.size(); ++i) {
    if (to[i] == Kind::Null) continue;
    if (to[i] == Kind::Object ? from[i] == Kind::Null : from[i] != to[i]) return false;
  }
  return true;
}

const char* whyNot(const std::optional<Stack>& to) {
  if (!to) return "can't jump into an exception handler, or code may be unreachable";
  switch (to->empty() ? Kind::Object : to->back()) {
  case Kind::Except: return "can't jump into an 'except' block as there's no exception";
  case Kind::Last: return "can't jump into a re-raising block as there's no location";
  case Kind::Iterator: return "can't jump into the body of a for loop";
  default: return "incompatible stacks";
  }
}

// The line that begins at each code unit, -1 elsewhere.
std::vector<int32_t> lineStarts(const Program& p) {
  std::vector<int32_t> starts(p.size(), -1);
  int32_t line = -1;
  for (uint32_t i = 0; i < p.size(); ++i) {
    if (p.spans[i].line != line && p.spans[i].line != -1) starts[i] = p.spans[i].line;
    line = p.spans[i].line;
  }
  return starts;
}

} // namespace

int32_t jump(InterpreterActivation* activation, int32_t line, bool isReturn) {
  if (!runsHere(activation->code))
    return fail(ValueErrorType, "can't jump in a frame that began before tracing");
  auto& a = *static_cast<Activation*>(activation);
  if (isReturn && !a.isYielding) return fail(ValueErrorType, "can only jump from a 'line' trace event");
  const Program& p = *a.program;
  if (line < static_cast<int32_t>(p.info.firstLine))
    return fail(ValueErrorType, "line %d comes before the current code block", line);
  const std::vector<int32_t> starts = lineStarts(p);
  int32_t wanted = INT32_MAX;
  for (int32_t start : starts)
    if (start >= line) wanted = std::min(wanted, start);
  if (wanted == INT32_MAX) return fail(ValueErrorType, "line %d comes after the current code block", line);

  const Stacks stacks(p);
  const std::optional<Stack>& from = stacks.at(a.site);
  const char* problem = "cannot find bytecode for specified line";
  bool explained = false;
  int64_t best = -1;
  for (uint32_t i = 0; i < p.size(); ++i) {
    if (starts[i] != wanted) continue;
    const std::optional<Stack>& to = stacks.at(i);
    if (from && to && fits(*from, *to)) {
      if (best < 0 || isLarger(*to, *stacks.at(static_cast<uint32_t>(best)))) best = i;
    } else if (!explained) {
      problem = from ? whyNot(to) : "can't jump from unreachable code";
      explained = from.has_value();
    }
  }
  if (best < 0) return fail(ValueErrorType, "%s", problem);

  Stack now = *from;
  const Stack& then = *stacks.at(static_cast<uint32_t>(best));
  if (isReturn) now.pop_back(); // the value that was handed out
  for (; isLarger(now, then); now.pop_back()) {
    if (now.back() == Kind::Except) krt_exc_pop(*--a.top);
    else xdecref(*--a.top);
  }
  a.next = a.site = static_cast<uint32_t>(best);
  a.last = best;
  a.hasJumped = true;
  return 0;
}

} // namespace krait::ir::vm
