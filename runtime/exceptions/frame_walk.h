// Walking the Python frames of the running thread, innermost first, without a
// shadow stack: machine frames are chained by their frame pointers, and a return
// address inside generated code is found in a table.
//
// The table is what the linker joined between krt_sites_begin and krt_sites_end
// (abi/sections.h); it is sorted at first use.
//
// Frames between two Python frames may belong to libraries built without frame
// pointers. Entries from C++ into Python link an Anchor (krt_hot.anchor); where
// the chain of frame pointers is not plausible, the walker scans the words up to
// the next anchor for a frame of generated code. Where an anchor of the kind Foreign is next, there is none among them.
#pragma once
#include "runtime/abi/sections.h"
#include "runtime/exceptions/exception.h"
#include "runtime/threads/thread_state.h"

namespace krait {

/// Linked by krt_invoke_spread and who resumes generators, in their own machine frames.
struct Anchor {
  Anchor* previous;
  FunctionObject* function;  // that is entered, with the bits of the anchor's kind
  const void* frame;         // frame pointer of the linking function

  enum Kind : uintptr_t { Plain, Chain, Resume, Foreign, kBits = 3 };
  static FunctionObject* marked(FunctionObject* f, Kind kind) { return reinterpret_cast<FunctionObject*>(reinterpret_cast<uintptr_t>(f) | kind); }
  FunctionObject* entered() const { return reinterpret_cast<FunctionObject*>(reinterpret_cast<uintptr_t>(function) & ~uintptr_t{kBits}); }
  Kind kind() const { return Kind(reinterpret_cast<uintptr_t>(function) & kBits); }
};

/// Of a step of one generator.
struct ResumeAnchor : Anchor {
  GeneratorObject* generator; // borrowed
};

/// Of a step that resumes the innermost of generators that wait for one another. The others' frames run as well, though
/// no machine frame stands for them.
struct ChainAnchor : Anchor {
  GeneratorObject *innermost, *outermost; // borrowed

  static const ChainAnchor* from(const Anchor* anchor) {
    return anchor->kind() == Chain ? static_cast<const ChainAnchor*>(anchor) : nullptr;
  }
  void enter(GeneratorObject* g);
};

/// What a return address belongs to; function null if it is not behind a call in generated code.
struct FoundSite {
  const FunctionSites* function;
  uint32_t site;
};

class FrameCursor {
public:
  /// At the innermost Python frame of the calling thread.
  FrameCursor();
  /// At that of a thread that does not hold the GIL; it must not get it meanwhile.
  explicit FrameCursor(ThreadState* thread);
  /// At the activation that this frame object is about, maybe another thread's; at nothing if it has ended.
  explicit FrameCursor(const FrameObject* wanted);
  /// Of the calling thread, which holds the GIL and was interrupted by a signal while `frame` was its frame pointer and
  /// `counter` its program counter. Async-signal-safe.
  FrameCursor(uintptr_t frame, uintptr_t counter);
  explicit operator bool() const { return code_; }
  void next();
  const CodeInfo* code() const { return code_; }
  uint32_t site() const { return site_; }
  /// Borrowed, null when unknown (a direct call between generated functions).
  FunctionObject* function() const { return function_; }
  /// Identifies the activation while it runs: its machine frame, plus how many calls deep it is inlined there.
  const void* address() const { return address_; }
  /// Set for an activation of the IR interpreter.
  InterpreterActivation* activation() const { return activation_; }
  /// Borrowed; set for a running generator.
  GeneratorObject* generator() const { return generator_; }
  /// The same, where only who resumed it tells: code that is not watched shows no words of the generator's.
  GeneratorObject* resumed() const { return generator_ ? generator_ : resumed_; }
  /// co_varnames, then cells: borrowed words, null where unbound. Null where they are not in memory.
  Value* locals() const { return locals_; }

private:
  void advance();
  bool step();
  void takeDelegator();
  FoundSite find(uintptr_t returnAddress) const;
  bool takeFound(FoundSite found, uintptr_t frame);
  const CodeInfo* code_ = nullptr;
  uint32_t site_ = 0;
  FunctionObject* function_ = nullptr;
  const void* address_ = nullptr;
  InterpreterActivation* activation_ = nullptr;
  GeneratorObject *generator_ = nullptr, *resumed_ = nullptr;
  Value* locals_ = nullptr;

  uintptr_t frame_;                     // machine frame whose return address is looked at next
  Anchor* anchor_;                      // innermost one not yet passed
  InterpreterActivation* interpreter_;  // same
  GeneratorObject* waiting_ = nullptr;          // waits for the generator at which the cursor stands; no machine frame is its own
  GeneratorObject* lastWaiting_ = nullptr;      // the outermost of these
  const void* hidden_ = nullptr;        // machine frame that is not shown
  FoundSite outer_{nullptr, 0};         // in the machine frame frame_: where the activation is inlined
  uintptr_t stackHigh_;                 // no frame lies above
  uintptr_t skipBelow_ = 0;             // machine frames below are not looked at
  bool remembers_ = false;              // sites may be looked up in what was found lately
};

/// Whether the frame runs in a thread other than the calling one.
bool runsElsewhere(const FrameObject* frame);
/// The frame objects from where a cursor of a thread stands that does not hold the GIL, innermost (owned), with their chain of
/// f_back: those that programs know already, for the others ones of the moment. Null without an error if it runs no Python code.
FrameObject* framesOutwards(FrameCursor cursor);
/// Frame object of the `depth`-th frame (0: innermost): owned; null without an error when the stack is not that deep.
FrameObject* currentFrame(int64_t depth);
/// Globals of a frame's function: borrowed.
Value globalsOf(const CodeInfo* code, FunctionObject* function);
/// Line of a site of `code` (its first line when the site is unknown).
int32_t lineOfSite(const CodeInfo* code, uint32_t site);
/// A new frame object (owned) for an activation. `address` null: it has ended.
FrameObject* newFrame(const CodeInfo* code, FunctionObject* function, uint32_t site, const void* address);
/// krt_traceback_add for an activation whose address is known (interpreter, runtime); `how`: TracebackHow.
void addTracebackEntry(const CodeInfo* code, FunctionObject* function, uint32_t site, Value* locals, uint32_t count,
                       int32_t how, const void* address);
/// tb_frame, which is made now unless somebody asked before: borrowed, null with an error.
FrameObject* frameOf(TracebackObject* tb);
/// Code of our own where CPython has C, which gets no entries: what stands between importlib and what is compiled in, and _ctypes.
bool isNativeInPython(const CodeInfo* code);
/// A trace function raised the pending exception when told of this activation, which gets an entry of its own for that.
void addTracedEntry(const FrameObject* frame);
/// The pending exception comes from looking up a method for a call in one step (IR: method, method.kw): the next entry it gets is
/// about the site after the call's, which is that of the lookup.
void noteFailedLookup();
/// True if `cursor` is at the activation that `frame` is about.
bool standsFor(const FrameObject* frame, const FrameCursor& cursor);
/// Brings `site` of a live frame up to date, or notes that it has ended.
void refreshFrame(FrameObject* frame);
int32_t frameLine(FrameObject* frame);

} // namespace krait
