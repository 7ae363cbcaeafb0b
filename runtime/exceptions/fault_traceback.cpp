#include "runtime/exceptions/fault_traceback.h"
#include <cerrno>
#include <cstring>
#include <pthread.h>
#include <unistd.h>
#include "runtime/exceptions/frame_walk.h"
#include "runtime/threads/gil.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

constexpr int kMostFrames = 100, kMostThreads = 100;
constexpr int64_t kMostCharacters = 500;

void writeNumber(int fd, uint64_t n) {
  char digits[24];
  char* p = digits + sizeof digits - 1;
  *p = 0;
  do *--p = static_cast<char>('0' + n % 10);
  while (n /= 10);
  faultWrite(fd, p);
}

void writeHex(int fd, uint64_t n, int width) {
  char digits[20];
  for (int i = 0; i < width; ++i) digits[i] = "0123456789abcdef"[n >> (4 * (width - 1 - i)) & 15];
  digits[width] = 0;
  faultWrite(fd, digits);
}

void writeText(int fd, Value text) {
  if (!text || !isStr(text)) return faultWrite(fd, "???");
  const StrObject* s = asStr(text);
  for (int64_t i = 0; i < s->length && i < kMostCharacters; ++i) {
    const uint32_t c = s->at(i);
    if (c >= ' ' && c < 127) {
      const char one[2] = {static_cast<char>(c), 0};
      faultWrite(fd, one);
    } else {
      faultWrite(fd, c <= 0xff ? "\\x" : c <= 0xffff ? "\\u" : "\\U");
      writeHex(fd, c, c <= 0xff ? 2 : c <= 0xffff ? 4 : 8);
    }
  }
  if (s->length > kMostCharacters) faultWrite(fd, "...");
}

void writeFrames(int fd, FrameCursor cursor) {
  if (!cursor) faultWrite(fd, "  <no Python frame>\n");
  for (int n = 0; cursor; cursor.next(), ++n) {
    if (n == kMostFrames) return faultWrite(fd, "  ...\n");
    faultWrite(fd, "  File ");
    faultWrite(fd, "\"");
    writeText(fd, cursor.code()->filename);
    faultWrite(fd, "\", line ");
    writeNumber(fd, static_cast<uint64_t>(lineOfSite(cursor.code(), cursor.site())));
    faultWrite(fd, " in ");
    writeText(fd, cursor.code()->name);
    faultWrite(fd, "\n");
  }
}

FrameCursor ownCursor(const Interruption* at) { return at ? FrameCursor(at->frame, at->counter) : FrameCursor(); }

} // namespace

void faultWrite(int fd, const char* text) {
  for (size_t left = strlen(text); left;) {
    const ssize_t n = write(fd, text, left);
    if (n < 0 && errno != EINTR) return;
    if (n > 0) {
      text += n;
      left -= static_cast<size_t>(n);
    }
  }
}

void dumpOwnStack(int fd, const Interruption* at) {
  faultWrite(fd, "Stack (most recent call first):\n");
  writeFrames(fd, ownCursor(at));
}

void dumpAllStacks(int fd, const Interruption* at, bool isCurrent) {
  const auto self = static_cast<uint64_t>(pthread_self());
  int written = 0;
  auto dump = [&](ThreadState* thread) {
    if (written) faultWrite(fd, "\n");
    if (written++ >= kMostThreads) return faultWrite(fd, "...\n");
    faultWrite(fd, thread->ident == self && isCurrent ? "Current thread 0x" : "Thread 0x");
    writeHex(fd, thread->ident, 16);
    faultWrite(fd, " (most recent call first):\n");
    if (thread != currentThread()) writeFrames(fd, FrameCursor(thread));
    else if (thread->ident == self) writeFrames(fd, ownCursor(at));
    else faultWrite(fd, "  <running>\n"); // a fault in a thread without the GIL: this one's stack is changing
  };
  for (ThreadState* thread = firstThread()->next; thread; thread = thread->next) dump(thread);
  dump(firstThread());
}

} // namespace krait
