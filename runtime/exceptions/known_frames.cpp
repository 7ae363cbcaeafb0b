#include "runtime/exceptions/known_frames.h"
#include <cstring>
#include <iterator>
#include <unordered_map>
#include "runtime/abi/entries.h"
#include "runtime/abi/observers.h"
#include "runtime/exceptions/caught.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/ref.h"
#include "runtime/types/generator_protocol.h"

namespace krait {
namespace {

/// By machine frame: those of all threads, whose stacks do not overlap. Owned.
std::unordered_map<const void*, FrameObject*>& remembered() {
  static auto& frames = *new std::unordered_map<const void*, FrameObject*>;
  return frames;
}

/// Of activations whose end nobody notices, by machine frame: chains through the frames themselves. Borrowed.
FrameObject*& lentChain(const void* address) {
  static FrameObject* chains[512];
  return chains[reinterpret_cast<uintptr_t>(address) / 16 % std::size(chains)];
}

/// The frame that is listed at an address, or the null at the end of its chain.
FrameObject*& lentAt(const void* address) {
  FrameObject** place = &lentChain(address);
  while (*place && (*place)->lentAt != address) place = &(*place)->lentNext;
  return *place;
}

void unlist(FrameObject*& place) {
  FrameObject* frame = place;
  place = frame->lentNext;
  frame->lentNext = nullptr;
  frame->lentAt = nullptr;
}

FrameObject* lentFrame(const FrameCursor& cursor) {
  FrameObject* frame = lentAt(cursor.address());
  if (!frame || !frame->alive || !standsFor(frame, cursor)) return nullptr;
  incref(Value(&frame->header));
  frame->site = cursor.site();
  return frame;
}

void lend(FrameObject* frame) {
  if (FrameObject*& place = lentAt(frame->address)) unlist(place);
  FrameObject*& first = lentChain(frame->address);
  frame->lentAt = frame->address;
  frame->lentNext = first;
  first = frame;
}

Value valueOf(FrameObject* frame) { return Value(&frame->header); }

/// Words of its own for so many variables, all null; null without memory for them, or if there are none.
Value* newLocals(FrameObject* frame, uint32_t count) {
  auto* own = count ? static_cast<Value*>(allocateZeroed(count * sizeof(Value))) : nullptr;
  if (!own) return nullptr;
  frame->locals = own;
  frame->localCount = count;
  return own;
}

void takeLocals(FrameObject* frame, Value* locals, uint32_t count) {
  Value* own = locals && !frame->locals ? newLocals(frame, count) : nullptr;
  if (!own) return;
  memcpy(static_cast<void*>(own), locals, count * sizeof(Value));
  memset(static_cast<void*>(locals), 0, count * sizeof(Value));
}

/// The caller's frame, while it still runs.
Value callerOf(const void* address) {
  for (FrameCursor cursor; cursor; cursor.next()) {
    if (cursor.address() != address) continue;
    cursor.next();
    FrameObject* back = cursor ? frameFor(cursor) : nullptr;
    return back ? valueOf(back) : Value();
  }
  return Value();
}

} // namespace

void copyLocals(FrameObject* frame, const Value* words) {
  const uint32_t count = frame->code->varCount + frame->code->cellCount;
  Value* own = newLocals(frame, count);
  for (uint32_t i = 0; own && i < count; ++i) own[i] = xnewRef(words[i]);
}

bool isWatched(const CodeInfo* code) {
  return code->module && (code->module->observers & (kObservedFrameLocals | kObservedEvents));
}

static FrameObject* rememberedFrame(const CodeInfo* code, const void* address) {
  auto found = remembered().find(address);
  return found != remembered().end() && found->second->code == code ? found->second : nullptr;
}

FrameObject* knownFrame(const CodeInfo* code, const void* address) {
  return krt_hot.frames && address ? rememberedFrame(code, address) : nullptr; // the count is the thread's own
}

FrameObject* anyThreadsFrame(const FrameCursor& cursor) {
  if (GeneratorObject* g = cursor.generator()) return g->frame ? g->frame.as<FrameObject>() : nullptr;
  return rememberedFrame(cursor.code(), cursor.address());
}

FrameObject* knownFrame(const FrameCursor& cursor) {
  if (GeneratorObject* g = cursor.generator()) return g->frame ? g->frame.as<FrameObject>() : nullptr;
  return knownFrame(cursor.code(), cursor.address());
}

FrameObject* frameFor(const FrameCursor& cursor) {
  if (GeneratorObject* g = cursor.generator()) {
    Value frame = generatorGetFrame(Value(&g->header), nullptr);
    return frame && isExact(frame, frameType) ? frame.as<FrameObject>() : nullptr;
  }
  FrameObject* frame = knownFrame(cursor.code(), cursor.address());
  if (frame) {
    frame->site = cursor.site();
    incref(valueOf(frame));
    return frame;
  }
  const bool endIsNoticed = cursor.activation() || isWatched(cursor.code());
  if (!endIsNoticed && (frame = lentFrame(cursor))) return frame;
  frame = newFrame(cursor.code(), cursor.function(), cursor.site(), cursor.address());
  if (!frame) return nullptr;
  if (!endIsNoticed) {
    if (frame->address) lend(frame);
    return frame;
  }
  if (cursor.activation() && cursor.activation()->names) frame->localsDict = newRef(cursor.activation()->names);
  incref(valueOf(frame));
  if (FrameObject*& place = remembered()[cursor.address()]; !place) {
    place = frame;
    ++krt_hot.frames;
  } else { // of an activation whose end was overlooked
    std::swap(place, frame);
    frame->alive = false;
    frame->address = nullptr;
    decref(valueOf(frame));
    frame = knownFrame(cursor.code(), cursor.address());
  }
  return frame;
}

void forgetFrame(FrameObject* frame) {
  if (frame->lentAt) unlist(lentAt(frame->lentAt));
}

void noteTracedLines() {
  for (auto& [address, frame] : remembered()) frame->tracedLine = 0;
  for (FrameCursor cursor; cursor; cursor.next()) {
    FrameObject* frame = knownFrame(cursor);
    if (!frame) continue;
    frame->site = cursor.site();
    frame->tracedLine = std::max(frameLine(frame), 0);
  }
}

void endFrame(FrameObject* frame, uint32_t site, Value* locals, uint32_t count) {
  const void* address = frame->address;
  if (site != UINT32_MAX) frame->site = site;
  auto found = address ? remembered().find(address) : remembered().end();
  const bool isRemembered = found != remembered().end() && found->second == frame;
  if (isRemembered) {
    remembered().erase(found);
    --krt_hot.frames;
  }
  frame->alive = false;
  frame->address = nullptr;
  if (valueOf(frame).object()->refs > 1 || !isRemembered) {
    takeLocals(frame, locals, count);
    if (isRemembered && !frame->back) frame->back = callerOf(address);
  }
  if (isRemembered) decref(valueOf(frame));
}

void endFrameAt(const CodeInfo* code, const void* address, uint32_t site, Value* locals, uint32_t count) {
  FrameObject* frame = knownFrame(code, address);
  Ref shared;
  if (isCaughtAt(address)) {
    frame = shareFrame(address, frame, locals, count);
    if (frame) shared.reset(valueOf(frame));
  }
  if (frame) endFrame(frame, site, locals, count);
}

void endGeneratorFrame(GeneratorObject* g, uint32_t site, Value* locals) {
  if (!g->frame) return;
  auto* frame = g->frame.as<FrameObject>();
  if (site != UINT32_MAX) frame->site = site;
  frame->generator = Value();
  frame->alive = false;
  frame->address = nullptr;
  if (g->frame.object()->refs > 1) {
    uint32_t count = g->code->varCount + g->code->cellCount;
    takeLocals(frame, locals ? locals : g->slots, count < g->slotCount ? count : g->slotCount);
  }
  clear(g->frame);
}

extern "C" {

/// Called by generated code: our chain of frame pointers starts with its frame.
[[gnu::noinline]] void krt_frame_end(const CodeInfo* code, uint32_t site, Slot locals, uint64_t count) {
  endFrameAt(code, *static_cast<void**>(__builtin_frame_address(0)), site, locals, static_cast<uint32_t>(count));
}

void krt_generator_frame_end(GeneratorObject* g, uint32_t site) { endGeneratorFrame(g, site); }

} // extern "C"
} // namespace krait
