// A line event where the line differs from that of the instruction that ran before, or where the course goes backward.
#include "ir/bytecode/flow_graph.h"
#include "ir/vm/program.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/generator.h"

namespace krait::ir::vm {

namespace {

FrameObject* frameOf(const Activation& a) {
  if (a.generator) return a.generator->frame ? a.generator->frame.as<FrameObject>() : nullptr;
  return knownFrame(a.code, a.frameAddress);
}

} // namespace

OpenLocals::OpenLocals(Activation& a) : a_(a) {
  FrameObject* frame = currentThread()->traceFunction ? frameOf(a) : nullptr;
  if (!frame || !frame->localsDict) return;
  Ref pending = errorTake();
  if (!refreshLocals(frame, a.locals, a.code->varCount + a.code->cellCount)) errorClear();
  errorRestore(pending.release());
}

OpenLocals::~OpenLocals() {
  FrameObject* frame = eventsActive ? frameOf(a_) : nullptr;
  if (!frame || !frame->localsDict) return;
  Ref kept = Ref::share(Value(&frame->header)), pending = errorTake();
  storeLocals(frame, a_.locals);
  errorRestore(pending.release());
}

int32_t traceInstruction(Activation& a) {
  const Program& p = *a.program;
  const uint32_t at = a.next;
  if (at >= p.size() || at < p.firstTraceable) return 0;
  const auto op = static_cast<bytecode::Opcode>(p.opcode(at));
  if (op == bytecode::Opcode::RESUME) return 0; // the call event, which the instruction makes
  const ThreadState* thread = currentThread();
  if (!thread->traceFunction || thread->tracing) return 0;
  FrameObject* frame = frameOf(a);
  if (!frame || !frame->trace) return 0;
  Ref kept = Ref::share(Value(&frame->header));
  const int32_t line = p.spans[at].line;
  const int32_t before = a.last <= static_cast<int64_t>(p.firstTraceable) ? -1 : p.spans[static_cast<size_t>(a.last)].line;
  const bool goesBack = static_cast<int64_t>(at) < a.last && op != bytecode::Opcode::SEND;
  a.site = at;
  frame->site = at;
  a.hasJumped = false;
  OpenLocals open(a);
  if (line != -1 && frame->traceLines && (line != before || goesBack) && traceFrame(frame, TraceEvent::Line) < 0) {
    a.next = at; // a jump that the trace function asked for before it raised decides about no handler
    return -1;
  }
  if (!frame->traceOpcodes) return 0;
  const int32_t status = traceFrame(frame, TraceEvent::Opcode);
  if (status < 0) a.next = at;
  return status;
}

} // namespace krait::ir::vm
