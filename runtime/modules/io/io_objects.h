// Objects of the native io module and what its files share.
//
// Layers as in Python: FileIO (a descriptor), the buffered classes over any raw
// stream, TextIOWrapper over any buffered one. Where a layer sits on an exact
// native object it calls that directly; any other object is called as Python does.
#pragma once
#include <cstdint>
#include <string_view>
#include "runtime/object/protocol.h"

namespace krait::io {

constexpr int64_t kDefaultBufferSize = 8192;

struct IoObject {
  Object header;
  Value dict, weakrefs;
};

struct FileIoObject : IoObject {
  int fd;
  bool created, readable, writable, appending, closeFd, finalizing;
  int8_t seekable; // -1: not asked yet
  int64_t blockSize, sizeAtOpen; // 0: not known, or a position other than the start
  bool isCharacterDevice;      // so that it may be a terminal
};

/// BufferedReader, BufferedWriter, BufferedRandom. Bytes [readPos, readEnd) of the buffer are read ahead, or
/// [0, writeEnd) wait to be written; never both.
struct BufferedObject : IoObject {
  Value raw;
  uint8_t* buffer;
  int64_t size, readPos, readEnd, writeEnd;
  const void* user;       // the thread that is at work on the buffer; raw streams let other threads run
  uint32_t nextTicket, serving; // of the threads that wait for it, in their order
  bool isHandedOver;            // the first of them has waited long enough
  bool ok, detached, canRead, canWrite, finalizing;
};
struct RwPairObject : IoObject { Value reader, writer; };

struct BytesIoObject : IoObject {
  uint8_t* data;
  int64_t size, capacity, position, exports;
  bool closed;
};
struct BytesIoBufferObject { Object header; Value source; };

/// Kinds of line ends that were met, a bit for each.
enum SeenLineEnds : uint8_t { kSeenLf = 1, kSeenCr = 2, kSeenCrLf = 4 };
/// How a text stream treats line ends.
struct Newlines {
  bool universal = true;   // reading: \r and \r\n end lines
  bool translate = true;   // reading: they become \n
  const char* write = "\n"; // what \n is written as
  uint8_t seen = 0;        // SeenLineEnds
};

struct StringIoObject : IoObject {
  void* text;
  int64_t size, capacity, position; // in code points
  Newlines newlines;
  Value newlineArgument;
  uint8_t kind; // bytes of a code point in `text`: 1, 2 or 4
  bool ok, closed;
};

enum class NativeCodec : uint8_t { None, Utf8, Ascii, Latin1 };

struct TextIoObject : IoObject {
  Value buffer, encoding, errors, newlineArgument, encoder, decoder;
  Value decoded;          // str read ahead
  int64_t decodedPos;
  Value snapshotInput;    // bytes that produced `decoded` (with what was carried over)
  Value snapshotFlags;    // decoder state before them
  uint8_t* pending;       // encoded, not yet written
  int64_t pendingSize, pendingCapacity;
  uint8_t carry[8];       // incomplete bytes of a native decoder
  int32_t carrySize;
  bool pendingCr;         // native: a \r whose \n may follow
  Newlines newlines;
  NativeCodec codec;      // decodes and encodes, or None: `decoder` and `encoder` do
  NativeCodec encodes;    // the same, for writing: no handler of errors can matter then
  bool ok, detached, lineBuffering, writeThrough, telling, readable, writable, seekable, finalizing, snapshotFinal;
  bool overNative;        // `buffer` is isNativeBuffered
  bool takesAscii;        // what is ASCII is written as it is, and waits until a chunk is full
  int64_t chunkSize;
};

struct NewlineDecoderObject { Object header; Value decoder; bool translate, pendingCr; uint8_t seen; };

extern Type ioBaseType, rawIoBaseType, bufferedIoBaseType, textIoBaseType, fileIoType, bytesIoType, bytesIoBufferType,
    stringIoType, bufferedReaderType, bufferedWriterType, bufferedRandomType, bufferedRwPairType, textIoWrapperType,
    newlineDecoderType;

/// io.UnsupportedOperation (borrowed).
Value unsupportedOperationType();
Value raiseUnsupported(const char* message);
Value raiseClosed();       // ValueError "I/O operation on closed file."

/// Whether the stream's `closed` attribute is true: -1 error.
int32_t isClosed(Value stream);
/// Whether nothing in the dict of a stream has this name.
bool isOwnMethod(Value stream, Value name);
int32_t checkClosed(Value self, const char* message = nullptr);
/// stream.close(), stream.flush(): without a look-up where the stream is one of ours and has no attribute of that name.
Value closeStream(Value stream);
Value flushStream(Value stream);
Value closeFile(Value file);
Value closeBuffered(Value stream);
Value flushBuffered(Value stream);
Value closeText(Value stream);
Value flushText(Value stream);
/// close() of _IOBase.
Value closeBase(Value self);
/// An empty object, watched by the collector, for classes with an init.
Value ioConstruct(Type* t, const Args&);
int32_t ioTraverse(Object* o, Visit visit, void* context); // dict
void ioClear(Object* o);
void ioFinalize(Object* o);
/// Tells the stream beneath `source` that nobody closed it: a FileIO at the bottom warns.
void warnUnclosed(Value stream, Value source);
/// First step of a stream's dealloc: closes it, unless a finalizer has run. False if that brought it back to life.
bool ioCloseDying(Object* o);

// ---- FileIO ------------------------------------------------------------------------------------
Value newFileIo(Value nameOrFd, const char* mode, bool closeFd, Value opener);
/// An open FileIO that has no attributes but its name.
bool isPlainFile(Value raw);
/// Asks the file no more than it has to: true or false; -1 with ValueError if it is closed.
int32_t fileSeekable(FileIoObject* f);
/// readall(): bytes, or None if nothing is there yet.
Value fileReadAll(FileIoObject* f);
/// read(2)/write(2) with EINTR handled and the GIL released: bytes, -1 with OSError, -2 would block.
int64_t fileRead(FileIoObject* f, void* out, int64_t n);
int64_t fileWrite(FileIoObject* f, const void* data, int64_t n);

// ---- buffered ----------------------------------------------------------------------------------
Value newBuffered(Type* type, Value raw, int64_t size);
/// Writes everything through the buffer: 0, -1.
int32_t bufferedWrite(BufferedObject* b, const void* data, int64_t n);
/// At most one raw read: up to n bytes (bytes object).
Value bufferedRead1(BufferedObject* b, int64_t n);
/// read() of an exact stream of ours.
Value bufferedReadAll(BufferedObject* b);
inline bool isNativeBuffered(Value v) {
  return isExact(v, bufferedReaderType) || isExact(v, bufferedWriterType) || isExact(v, bufferedRandomType);
}
/// The file of ours beneath a stream, or null.
inline FileIoObject* fileBeneath(const BufferedObject* b) { return b->ok && isExact(b->raw, fileIoType) ? b->raw.as<FileIoObject>() : nullptr; }
inline FileIoObject* fileBeneath(const TextIoObject* t) { return t->overNative ? fileBeneath(t->buffer.as<BufferedObject>()) : nullptr; }

// ---- text --------------------------------------------------------------------------------------
/// Whether texts that are written to a StringIO one after the other come to the same as all of them at once.
bool stringIoJoins(Value stream);
/// stream.write(text) of a StringIO: 0, -1.
int32_t stringIoWrite(Value stream, Value text);
Value newTextIo(Value buffer, Value encoding, Value errors, Value newline, bool lineBuffering, bool writeThrough);
/// write() of an exact TextIOWrapper: 0, -1.
int32_t textWrite(TextIoObject* t, Value text);
int32_t textFlush(TextIoObject* t);
/// Checks and stores a newline argument (None, '', '\n', '\r', '\r\n'). `quotes`: the error shows another value as repr() does.
int32_t parseNewline(Value argument, Newlines* out, bool quotes = false);
/// Translates line ends of decoded text; *pendingCr carries a trailing \r unless `final`.
Value translateNewlines(Value text, bool translate, bool* pendingCr, bool final, uint8_t* seen);
/// The `newlines` attribute for a set of seen kinds.
Value newlinesSeen(uint8_t seen);
/// End of the first line of text[from…] (index after it), or -1; *sawCr tells that a lone \r ended it at the very end.
int64_t findLineEnd(Value text, int64_t from, const Newlines& n);

Value openFunction(Value module, const Value* argv);
/// The encoding that open() uses when none is given: "utf-8" in UTF-8 mode, else as the locale names it ("UTF-8").
const char* localeEncoding();
/// What the registry calls the codec of an encoding that streams know by themselves, under any of its names; or null.
const char* registeredName(std::string_view encoding);
/// With -X warn_default_encoding: EncodingWarning where none was given. -1 if that is an error.
int32_t warnDefaultEncoding(int stackLevel);
/// Whether the environment asks for the locale "C" or "POSIX", or for one that is not there.
bool isPlainLocale();
/// For such a locale: LC_CTYPE in the environment, which children inherit, becomes "C.UTF-8" (PEP 538), unless LC_ALL says something or
/// PYTHONCOERCECLOCALE is 0.
void replacePlainLocale();

} // namespace krait::io
