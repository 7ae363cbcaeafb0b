// The sorted table of call sites, and the walk over machine frames.
#include "runtime/exceptions/frame_walk.h"
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>
#include "runtime/object/invoke_offsets.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/threads/gil.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"

namespace krait {

static_assert(offsetof(HotState, anchor) == KRAIT_HOT_ANCHOR);
static_assert(offsetof(FunctionObject, code) == KRAIT_FUNCTION_CODE);
static_assert(offsetof(CodeInfo, paramCount) == KRAIT_CODE_PARAM_COUNT);
static_assert(offsetof(CodeInfo, entry) == KRAIT_CODE_ENTRY);

namespace {

// Records of all machine functions stand by address: the linker has ordered them (codegen/emit/object_writer.cpp).

uintptr_t start(const FunctionSites* f) { return reinterpret_cast<uintptr_t>(fieldAddress<char>(f->function)); }

/// The record with the highest address up to pc; null if there is none.
const FunctionSites* lastBefore(uintptr_t pc) {
  if (!krt_sites_begin) return nullptr;
  const FunctionSites* next = std::upper_bound(krt_sites_begin, krt_sites_end, pc,
                                               [](uintptr_t address, const FunctionSites& f) { return address < start(&f); });
  return next == krt_sites_begin ? nullptr : next - 1;
}

/// The first call at or after an offset into the function's code; false if there is none.
bool callFrom(const FunctionSites* f, uintptr_t offset, CallSite& call) {
  CallSites calls(fieldAddress<uint8_t>(f->calls), f->callCount);
  while (calls.next(call))
    if (call.returnOffset >= offset) return true;
  return false;
}

/// The call that returns to pc.
FoundSite findSite(uintptr_t pc) {
  const FunctionSites* f = lastBefore(pc - 1); // where the call is: it may end its section
  if (!f || pc - start(f) > f->size) return {nullptr, 0};
  CallSite hit;
  return callFrom(f, pc - start(f), hit) && hit.returnOffset == pc - start(f) ? FoundSite{f, hit.site} : FoundSite{nullptr, 0};
}

/// The nearest call at or after an address that is in the middle of generated code.
FoundSite findNear(uintptr_t pc) {
  const FunctionSites* f = lastBefore(pc);
  if (!f || pc - start(f) >= f->size) return {nullptr, 0};
  CallSite hit;
  return {f, callFrom(f, pc - start(f), hit) ? hit.site : UINT32_MAX};
}

/// What was found lately, also where nothing was: the same frames are walked again and again. Only for who holds the GIL; a
/// signal handler may come between any two writes, so the address is written last and taken away first.
struct RecentSite {
  uintptr_t pc;
  FoundSite found;
};
constexpr size_t kRecentSites = 512;
RecentSite recentSites[kRecentSites];

[[gnu::noinline]] FoundSite findForRecent(uintptr_t pc, size_t place) {
  if (recentSites[place ^ 1].pc == pc) return recentSites[place ^ 1].found;
  const FoundSite found = findSite(pc);
  static size_t turn = 0;
  RecentSite& recent = recentSites[recentSites[place].pc ? place ^ (++turn & 1) : place];
  recent.pc = 0;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  recent.found = found;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  recent.pc = pc;
  return found;
}
inline FoundSite findRecent(uintptr_t pc) {
  const size_t place = (pc ^ (pc >> 9)) % kRecentSites; // or its neighbour
  if (recentSites[place].pc == pc) [[likely]] return recentSites[place].found;
  return findForRecent(pc, place);
}

uintptr_t wordAtAddress(uintptr_t address) { return *reinterpret_cast<const uintptr_t*>(address); }
uintptr_t returnAddressOf(uintptr_t frame) { return wordAtAddress(frame + sizeof(void*)); }

/// A frame pointer that can lead outward from `from` without passing `bound`.
bool plausible(uintptr_t next, uintptr_t from, uintptr_t bound) {
  return next > from && next <= bound && next % (2 * sizeof(void*)) == 0;
}

uintptr_t stackHighOf(const ThreadState* thread) {
  return thread->stackHigh ? thread->stackHigh - 2 * sizeof(void*) : UINTPTR_MAX;
}
} // namespace

inline FoundSite FrameCursor::find(uintptr_t returnAddress) const {
  return remembers_ ? findRecent(returnAddress) : findSite(returnAddress);
}

int32_t lineOfSite(const CodeInfo* code, uint32_t site) {
  return site < code->siteCount ? code->siteSpan(site).line : static_cast<int32_t>(code->firstLine);
}

Value globalsOf(const CodeInfo* code, FunctionObject* function) {
  return function ? function->globals : code->module ? krt_module_globals(code->module) : Value();
}

// They begin with the frame of who constructs one: their own may be gone when advance() has taken their place, and what stands
// there then is another's.
[[gnu::noinline]] FrameCursor::FrameCursor()
    : frame_(*static_cast<uintptr_t*>(__builtin_frame_address(0))), anchor_(static_cast<Anchor*>(krt_hot.anchor)),
      interpreter_(currentThread()->activation), stackHigh_(stackHighOf(currentThread())), remembers_(true) {
  advance();
}

/// The thread, other than the calling one, on whose stack the frame runs; null if there is none.
static ThreadState* otherThreadOf(const FrameObject* frame) {
  const auto address = reinterpret_cast<uintptr_t>(frame->address);
  const auto holds = [&](const ThreadState* t) { return t->stackLow <= address && address < t->stackHigh; };
  if (frame->generator || holds(currentThread())) return nullptr;
  ThreadState* thread = firstThread();
  while (thread && !holds(thread)) thread = thread->next;
  return thread;
}

// Frame pointers alone lead to the machine frame that a frame object names; only from there on is asked whose they are.
[[gnu::noinline]] FrameCursor::FrameCursor(const FrameObject* wanted)
    : frame_(*static_cast<uintptr_t*>(__builtin_frame_address(0))), anchor_(static_cast<Anchor*>(krt_hot.anchor)),
      interpreter_(currentThread()->activation), stackHigh_(stackHighOf(currentThread())), remembers_(true) {
  if (ThreadState* thread = otherThreadOf(wanted)) [[unlikely]] {
    *this = FrameCursor(thread);
    while (code_ && !standsFor(wanted, *this)) advance();
    return;
  }
  constexpr uintptr_t kFrameAlignment = 2 * sizeof(void*);
  if (!wanted->generator) skipBelow_ = reinterpret_cast<uintptr_t>(wanted->address) & ~(kFrameAlignment - 1);
  do advance();
  while (code_ && !standsFor(wanted, *this));
}

FrameCursor::FrameCursor(ThreadState* thread)
    : frame_(thread->frame), anchor_(static_cast<Anchor*>(thread->saved.anchor)), interpreter_(thread->activation),
      stackHigh_(stackHighOf(thread)) {
  advance();
}

FrameCursor::FrameCursor(uintptr_t frame, uintptr_t counter)
    : frame_(frame), anchor_(static_cast<Anchor*>(krt_hot.anchor)), interpreter_(currentThread()->activation),
      stackHigh_(stackHighOf(currentThread())) {
  const uintptr_t low = currentThread()->stackLow;
  if (frame % (2 * sizeof(void*)) != 0 || frame < low || frame > stackHigh_) frame_ = anchor_ ? reinterpret_cast<uintptr_t>(anchor_->frame) : 0;
  const FoundSite here = findNear(counter);
  if (!frame_ || !here.function || !takeFound(here, frame)) advance();
}

void FrameCursor::next() { advance(); }

void FrameCursor::advance() {
  code_ = nullptr;
  function_ = nullptr;
  activation_ = nullptr;
  generator_ = resumed_ = nullptr;
  locals_ = nullptr;
  if (outer_.function && takeFound(outer_, frame_)) return;
  while (frame_) {
    if (waiting_) return takeDelegator();
    if (interpreter_ && reinterpret_cast<uintptr_t>(interpreter_->frameAddress) <= frame_) {
      InterpreterActivation* found = interpreter_;
      interpreter_ = found->previous;
      hidden_ = found->insteadOf;
      if (found->site == kLeftSite) continue;
      activation_ = found;
      code_ = found->code;
      site_ = found->site;
      function_ = found->function;
      address_ = found->frameAddress;
      locals_ = found->locals;
      generator_ = found->generator;
      return;
    }
    if (step()) return;
  }
}

/// Moves outward to the next machine frame of generated code, true, or to where that is not the next thing to look at.
bool FrameCursor::step() {
  while (anchor_ && reinterpret_cast<uintptr_t>(anchor_->frame) <= frame_) {
    const ChainAnchor* chain = ChainAnchor::from(anchor_);
    anchor_ = anchor_->previous;
    if (chain && chain->innermost != chain->outermost) {
      waiting_ = chain->innermost->delegator;
      lastWaiting_ = chain->outermost;
      return false;
    }
  }
  const uintptr_t bound = anchor_ ? reinterpret_cast<uintptr_t>(anchor_->frame) : stackHigh_;
  // Frame by frame, until it is generated code's or there may be something else to look at.
  const uintptr_t stop = interpreter_ ? std::min(bound, reinterpret_cast<uintptr_t>(interpreter_->frameAddress)) : bound;
  uintptr_t caller;
  // Nobody asks whose the frames below the wanted one are.
  for (const uintptr_t low = std::min(skipBelow_, stop); (caller = wordAtAddress(frame_)) < low && plausible(caller, frame_, bound);) frame_ = caller;
  while (plausible(caller = wordAtAddress(frame_), frame_, bound)) {
    const uintptr_t callee = frame_;
    frame_ = caller;
    if (caller >= skipBelow_) {
      const FoundSite found = find(returnAddressOf(callee));
      if (found.function && reinterpret_cast<const void*>(caller) != hidden_) return takeFound(found, caller);
    }
    if (caller >= stop) return false;
  }
  // Past the last anchor the chain simply ends, unless the interpreter still runs something out there; below one, look
  // for a frame of generated code among the words.
  if (!anchor_) {
    frame_ = interpreter_ ? reinterpret_cast<uintptr_t>(interpreter_->frameAddress) : 0;
    return false;
  }
  if (anchor_->kind() == Anchor::Foreign) return frame_ = bound, false;
  uintptr_t scan = frame_ + 2 * sizeof(void*);
  while (scan < bound && !(plausible(wordAtAddress(scan), scan, bound) && find(returnAddressOf(scan)).function))
    scan += 2 * sizeof(void*);
  frame_ = scan < bound ? scan : bound;
  return false;
}

/// Stands at the generator waiting_, whose words are in its slots.
void FrameCursor::takeDelegator() {
  generator_ = waiting_;
  waiting_ = generator_ == lastWaiting_ ? nullptr : generator_->delegator;
  code_ = generator_->code;
  site_ = generator_->site;
  function_ = generator_->function;
  address_ = generator_;
  locals_ = generator_->slots;
}

/// Stands at the activation of generated code whose machine frame is `caller`; false if that has ended.
bool FrameCursor::takeFound(FoundSite found, uintptr_t caller) {
  const FunctionSites* f = found.function;
  if (isInlinedSite(found.site)) {
    auto* inlined = fieldAddress<InlinedSite>(f->inlined);
    const InlinedSite& here = inlined[found.site & ~kInlinedSite];
    if (here.site == kLeftSite) return takeFound({f, here.outer}, caller);
    uintptr_t depth = 1;
    for (uint32_t site = here.outer; isInlinedSite(site); site = inlined[site & ~kInlinedSite].outer) ++depth;
    code_ = fieldAddress<CodeInfo>(here.code);
    site_ = here.site;
    address_ = reinterpret_cast<const void*>(caller + depth);
    outer_ = {f, here.outer};
    return true;
  }
  outer_ = {nullptr, 0};
  if (found.site == kLeftSite) return false;
  code_ = fieldAddress<CodeInfo>(f->code);
  site_ = found.site; // of outer_ itself, outside a copy
  address_ = reinterpret_cast<const void*>(caller);
  if (f->localsOffset) locals_ = reinterpret_cast<Value*>(caller + f->localsOffset);
  if (f->functionOffset) {
    const bool resumes = f->functionOffset & kOfGenerator;
    const uintptr_t word = wordAtAddress(caller + (f->functionOffset & ~kOfGenerator));
    if (resumes) generator_ = reinterpret_cast<GeneratorObject*>(word);
    function_ = resumes ? generator_->function : reinterpret_cast<FunctionObject*>(word);
  } else if (anchor_ && wordAtAddress(caller) == reinterpret_cast<uintptr_t>(anchor_->frame)) {
    function_ = anchor_->entered();
    if (anchor_->kind() == Anchor::Resume) resumed_ = static_cast<const ResumeAnchor*>(anchor_)->generator;
    else if (const ChainAnchor* chain = ChainAnchor::from(anchor_)) resumed_ = chain->innermost;
  }
  return true;
}

bool runsElsewhere(const FrameObject* frame) { return otherThreadOf(frame); }

FrameObject* framesOutwards(FrameCursor cursor) {
  FrameObject *innermost = nullptr, *last = nullptr;
  for (; cursor; cursor.next()) {
    FrameObject* known = anyThreadsFrame(cursor);
    FrameObject* frame = known ? known : newFrame(cursor.code(), cursor.function(), cursor.site(), nullptr);
    if (!frame) break;
    if (known) incref(Value(&known->header));
    else if (!cursor.generator() && cursor.locals()) copyLocals(frame, cursor.locals());
    if (last) last->back = Value(&frame->header);
    else innermost = frame;
    if (known) break; // it finds its caller itself
    last = frame;
  }
  return innermost;
}

FrameObject* currentFrame(int64_t depth) {
  FrameCursor cursor;
  for (; cursor && depth > 0; --depth) cursor.next();
  if (!cursor) return nullptr;
  return frameFor(cursor);
}

bool standsFor(const FrameObject* frame, const FrameCursor& cursor) {
  if (cursor.code() != frame->code) return false;
  return frame->generator ? frame->generator == Value(reinterpret_cast<Object*>(cursor.resumed()))
                          : cursor.address() == frame->address;
}

void refreshFrame(FrameObject* frame) {
  if (!frame->alive) return;
  GeneratorObject* g = frame->generator ? frame->generator.as<GeneratorObject>() : nullptr;
  if (g && g->status != GenStatus::Running) {
    frame->site = g->status == GenStatus::Created ? UINT32_MAX : g->site;
    return;
  }
  if (FrameCursor cursor(frame); cursor) {
    frame->site = cursor.site();
    return;
  }
  if (g) return;
  frame->alive = false;
  frame->address = nullptr;
}

int32_t frameLine(FrameObject* frame) {
  refreshFrame(frame);
  return frame->line ? frame->line : lineOfSite(frame->code, frame->site);
}

} // namespace krait
