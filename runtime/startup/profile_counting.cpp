#include "runtime/startup/profile_counting.h"
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include "runtime/abi/profile_text.h"
#include "runtime/modules/array.h"
#include "runtime/object/errors.h"
#include "runtime/object/names.h"
#include "runtime/object/type.h"
#include "runtime/startup/startup.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

ModuleCounts* listed = nullptr; // modules that have counted, the last first

/// Where it goes, as it was when the first module counted: the program may go elsewhere and change its environment.
struct Destination {
  std::string file; // with %p for the process
  pid_t process;
};
const Destination* destination = nullptr;

// ---- counting ---------------------------------------------------------------------------------

SeenKind kindOf(Value v, const Type* t) {
  if (t == &intType) return v.isSmallInt() ? SeenKind::Int : SeenKind::LargeInt;
  static constexpr std::pair<const Type*, SeenKind> kKinds[] = {
      {&floatType, SeenKind::Float}, {&complexType, SeenKind::Complex}, {&listType, SeenKind::List}, {&tupleType, SeenKind::Tuple}, {&dictType, SeenKind::Dict},
      {&setType, SeenKind::Set},     {&strType, SeenKind::Str},         {&bytesType, SeenKind::Bytes}, {&bytearrayType, SeenKind::Bytes}, {&noneType, SeenKind::None},
      {&boolType, SeenKind::Bool}};
  for (const auto& [type, kind] : kKinds)
    if (t == type) return kind;
  if (t == &arrayType) return static_cast<SeenKind>(static_cast<size_t>(SeenKind::Array) + static_cast<size_t>(asArray(v)->kind - arrayKinds));
  return t->flags & kTypeHeap ? SeenKind::Instance : SeenKind::Other;
}

std::string textOf(Value v) {
  if (!v || !isStr(v)) return "?";
  const Utf8 text(v);
  if (text.ok()) return std::string(text.view());
  errorClear();
  return "?";
}

/// The class may be gone when the program ends, and its name with it.
const char* nameOf(const Type* t) { return strdup((textOf(dictGet(t->dict, NAME(__module__))) + "." + textOf(t->qualname)).c_str()); }

void countClass(PlaceCounts& place, const Type* t) {
  for (PlaceCounts::Class& c : place.classes) {
    if (c.type && c.type != t) continue;
    if (!c.type) c = {t, nameOf(t), 0};
    ++c.count;
    return;
  }
}

// ---- writing ----------------------------------------------------------------------------------

Profile profileOf(const ModuleCounts& counts) {
  Profile profile;
  std::string error;
  parseProfile(counts.description, profile, error);
  const PlaceCounts* from = counts.places;
  for (ProfileModule& module : profile.modules)
    for (ProfileFunction& f : module.functions) {
      f.count = static_cast<uint64_t>(from++->count);
      for (ProfilePlace& place : f.places) {
        place.count = static_cast<uint64_t>(from->count);
        for (size_t k = 0; k < kSeenKinds; ++k) {
          if (!from->kinds[k]) continue;
          const bool isArray = k >= static_cast<size_t>(SeenKind::Array);
          addCount(place.kinds, isArray ? std::string(kSeenArray) + kArrayCodes[k - static_cast<size_t>(SeenKind::Array)] : std::string(kSeenNames[k]),
                   static_cast<uint64_t>(from->kinds[k]));
        }
        for (const PlaceCounts::Class& c : from->classes)
          if (c.count) addCount(place.classes, c.name, static_cast<uint64_t>(c.count));
        ++from;
      }
    }
  return profile;
}

/// False with a message: what is there is no profile. No file is an empty one.
bool readFormer(const std::string& file, Profile& profile, std::string& error) {
  FILE* in = fopen(file.c_str(), "rbe");
  if (!in) return errno == ENOENT || (error = strerror(errno), false);
  std::string text;
  char block[1 << 14];
  while (const size_t n = fread(block, 1, sizeof block, in)) text.append(block, n);
  fclose(in);
  return text.empty() || parseProfile(text, profile, error);
}

bool writeText(const std::string& path, const std::string& text) {
  FILE* out = fopen(path.c_str(), "wbe");
  if (!out) return false;
  const bool isWritten = fwrite(text.data(), 1, text.size(), out) == text.size();
  return (fclose(out) == 0) & isWritten;
}

bool isDevice(const std::string& file) {
  struct stat what {};
  return stat(file.c_str(), &what) == 0 && !S_ISREG(what.st_mode);
}

/// Readers see all of it or nothing; a device is no file that one could replace.
bool replace(const std::string& file, const std::string& text) {
  if (isDevice(file)) return writeText(file, text);
  const std::string partial = file + ".part" + std::to_string(getpid());
  if (writeText(partial, text) && rename(partial.c_str(), file.c_str()) == 0) return true;
  const int failure = errno;
  unlink(partial.c_str());
  errno = failure;
  return false;
}

void complain(const std::string& file, const std::string& error) {
  fprintf(stderr, "krait: the profile cannot be written to '%s': %s\n", file.c_str(), error.c_str());
}

void write() {
  std::string file = destination->file, error;
  bool isOwn = getpid() == destination->process;
  for (size_t at; (at = file.find("%p")) != std::string::npos; isOwn = true) file.replace(at, 2, std::to_string(getpid()));
  if (!isOwn) return; // a fork of what counts for itself
  Profile profile;
  if (!isDevice(file) && !readFormer(file, profile, error)) return complain(file, error);
  ModuleCounts* inOrder = nullptr;
  while (listed) {
    ModuleCounts* next = listed->next;
    listed->next = inOrder;
    inOrder = listed;
    listed = next;
  }
  for (const ModuleCounts* m = inOrder; m; m = m->next) addProfile(profile, profileOf(*m));
  if (!replace(file, toText(profile))) complain(file, strerror(errno));
}

void begin() {
  const char* named = getenv("KRAIT_PROFILE_FILE");
  std::string file = named && *named ? named : "default.krait-profile";
  char folder[4096];
  if (file[0] != '/' && getcwd(folder, sizeof folder)) file = std::string(folder) + "/" + file;
  destination = new Destination{std::move(file), getpid()};
  profileWriter = write;
}

PlaceCounts& placeOf(ModuleCounts* module, uint64_t place) {
  if (!module->isListed) [[unlikely]] {
    if (!listed) begin();
    module->isListed = 1;
    module->next = listed;
    listed = module;
  }
  return module->places[place];
}

} // namespace
} // namespace krait

void krt_profile_count(krait::ModuleCounts* module, uint64_t place) { ++krait::placeOf(module, place).count; }

void krt_profile_value(krait::Value v, krait::ModuleCounts* module, uint64_t place) {
  using namespace krait;
  if (!v) return;
  PlaceCounts& at = placeOf(module, place);
  const Type* t = typeOf(v);
  const SeenKind kind = kindOf(v, t);
  ++at.count;
  ++at.kinds[static_cast<size_t>(kind)];
  if (kind == SeenKind::Instance) countClass(at, t);
}
