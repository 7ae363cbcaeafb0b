// One frame object per activation.
//
// A frame object is made when somebody asks for it. Where the end of the activation is noticed (code compiled with the
// observers of frame locals or events, and all interpreted code) it is remembered until then, so that everybody sees
// the same object; krt_hot.frames counts the remembered ones, and leaving a function costs one test of it. If anybody
// else still holds the frame at that moment, it becomes the owner of the locals, as in CPython, and is linked to its
// caller's frame. Elsewhere nobody notices the end: there the activation has one frame as long as somebody holds it, by which
// profilers recognise their callers, and which stands for whatever runs that code at that place; its locals it never has.
#pragma once
#include "runtime/exceptions/frame_walk.h"

namespace krait {

/// The frame object that stands for the activation at `cursor`: the remembered one, or a new one (owned).
FrameObject* frameFor(const FrameCursor& cursor);
/// The remembered frame of a running activation: borrowed, null if there is none.
FrameObject* knownFrame(const CodeInfo* code, const void* address);
/// The same for generators, which remember their frame themselves.
FrameObject* knownFrame(const FrameCursor& cursor);
/// The same of an activation of any thread.
FrameObject* anyThreadsFrame(const FrameCursor& cursor);
/// A frame that stands for a moment of a running activation gets the words that its variables have then.
void copyLocals(FrameObject* frame, const Value* words);
/// The frame dies: of those that are listed only while somebody holds them.
void forgetFrame(FrameObject* frame);
/// A trace function begins to listen: the lines that activations are in are no events, others are new to it.
void noteTracedLines();
/// Whether the end of this code's activations in native code is noticed.
bool isWatched(const CodeInfo* code);
/// The activation of `frame` is over; it was left at `site` (UINT32_MAX: unknown). Whoever still holds the frame finds the
/// bound words of `locals` (co_varnames, then cells; may be null) there, which are moved; else they stay where they are.
void endFrame(FrameObject* frame, uint32_t site, Value* locals, uint32_t count);
/// The same for the activation at `address`, if its frame is remembered or entries of tracebacks will have one (caught.h).
void endFrameAt(const CodeInfo* code, const void* address, uint32_t site, Value* locals, uint32_t count);
/// The generator runs no more; its frame, if it has one, takes `locals` (null: they are in its slots) if somebody holds it.
void endGeneratorFrame(GeneratorObject* g, uint32_t site, Value* locals = nullptr);

// What f_locals gave, if anybody asked for it; class and module bodies show their namespace itself.
/// Brings it up to date with a running activation's words: co_varnames, then cells. False: an error.
bool refreshLocals(FrameObject* frame, const Value* words, uint32_t count);
/// The other way round: into the variables, of which those that are missing become unbound. Runs code where old values die.
void storeLocals(FrameObject* frame, Value* words);

} // namespace krait
