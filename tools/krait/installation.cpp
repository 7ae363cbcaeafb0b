#include "tools/krait/installation.h"
#include <elf.h>
#include <filesystem>
#include <fstream>
#include <fmt/format.h>
#include <link.h>
#include <sys/stat.h>
#include "codegen/emit/cache.h"

namespace krait::tools {
namespace {

std::string stamp(const std::string& path) {
  struct stat s {};
  if (stat(path.c_str(), &s) != 0) return {};
  return fmt::format("{}:{}.{}", s.st_size, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
}

/// The linker's hash of this executable, which installed and stripped copies keep. Empty if it was linked without.
std::string buildId() {
  std::string id;
  auto look = [](dl_phdr_info* info, size_t, void* out) {
    for (int i = 0; i < info->dlpi_phnum; ++i) {
      const ElfW(Phdr)& header = info->dlpi_phdr[i];
      if (header.p_type != PT_NOTE) continue;
      auto* at = reinterpret_cast<const char*>(info->dlpi_addr + header.p_vaddr);
      for (const char* end = at + header.p_memsz; at + sizeof(ElfW(Nhdr)) <= end;) {
        auto* note = reinterpret_cast<const ElfW(Nhdr)*>(at);
        const char* name = at + sizeof *note;
        const char* content = name + ((note->n_namesz + 3u) & ~3u);
        if (note->n_type == NT_GNU_BUILD_ID && std::string_view(name, note->n_namesz) == std::string_view("GNU", 4))
          for (unsigned n = 0; n < note->n_descsz; ++n) *static_cast<std::string*>(out) += fmt::format("{:02x}", static_cast<unsigned char>(content[n]));
        at = content + ((note->n_descsz + 3u) & ~3u);
      }
    }
    return 1; // the first is the program
  };
  dl_iterate_phdr(look, &id);
  return id;
}

std::string contentOf(const std::string& path) {
  const std::optional<std::string> bytes = codegen::emit::readFile(path);
  return bytes ? codegen::emit::contentHash({*bytes}) : "";
}

/// "libssl.a" of a folder under "ssl".
std::map<std::string, std::string> archivesByLibrary(const std::filesystem::path& folder, std::string_view prefix) {
  std::map<std::string, std::string> archives;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(folder, absent))
    if (const std::string name = entry.path().stem(); entry.path().extension() == ".a" && name.starts_with(prefix))
      archives.emplace(name.substr(prefix.size()), entry.path());
  return archives;
}

/// Null for a name that is no machine's, with a message.
const codegen::emit::Target* targetOf(const std::string& name, std::string& error) {
  if (name.empty()) return &codegen::emit::hostTarget();
  const codegen::emit::Target* target = codegen::emit::findTarget(name);
  std::vector<std::string> names;
  for (const codegen::emit::Target& t : codegen::emit::targets()) names.push_back(t.name());
  if (!target) error = fmt::format("--target {}: Krait makes programs for {}", name, fmt::join(names, " and "));
  return target;
}

} // namespace

bool findInstallation(Installation& found, const std::string& target, std::string& error) {
  found.target = targetOf(target, error);
  if (!found.target) return false;
  const bool isCross = found.target != &codegen::emit::hostTarget();
  std::error_code failure;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failure);
  const std::filesystem::path bin = self.parent_path();
  // Installed: PREFIX/bin/krait and PREFIX/lib/krait. Build tree: BUILD/tools/krait/krait and BUILD/runtime.
  // What is of another machine: PREFIX/lib/krait/TARGET and BUILD/cross/TARGET, with a runtime and a sysroot.
  const std::pair<std::filesystem::path, std::filesystem::path> places[] = {{bin / "../lib/krait", bin / "../share"}, {bin / "../../runtime", bin / "../../share"}};
  const std::filesystem::path others[] = {bin / "../lib/krait" / found.target->name(), bin / "../../cross" / found.target->name()};
  for (size_t i = 0; i < std::size(places); ++i) {
    const std::filesystem::path folder = isCross ? others[i] / "runtime" : places[i].first, share = places[i].second;
    if (isCross) found.sysroot = (others[i] / "sysroot").lexically_normal();
    found.archive = (folder / "libkrait_runtime.a").lexically_normal();
    found.sharedArchive = (folder / "libkrait_runtime_shared.a").lexically_normal();
    found.engine = (folder / "libkrait_engine.a").lexically_normal();
    found.guest = (folder / "libkrait_guest.a").lexically_normal();
    found.startOrder = (folder / "order.txt").lexically_normal();
    found.hotBitcode = (folder / "hot.bc").lexically_normal();
    found.debuggerScript = (share / "gdb/auto-load/krait/krait.py").lexically_normal();
    found.ownModules = (folder / "lib").lexically_normal();
    const char* library = getenv("KRAIT_LIBRARY_DIR");
    found.library = library && *library ? std::filesystem::path(library) : (folder / "library").lexically_normal();
    if (!std::filesystem::exists(found.archive, failure)) continue;
    std::ifstream options(folder / "link_options");
    for (std::string line; std::getline(options, line);) found.linkOptions.push_back(line);
    found.libraries = archivesByLibrary((folder / "libraries").lexically_normal(), "lib");
    found.lazyLibraries = archivesByLibrary((folder / "lazy").lexically_normal(), "libkrait_lazy_");
    const std::string id = buildId();
    found.identity = (id.empty() ? stamp(self) : id) + "/" + contentOf(found.hotBitcode);
    found.linkedIdentity = stamp(found.archive) + "/" + stamp(found.sharedArchive) + "/" + stamp(found.engine) + "/" + stamp(found.guest) + "/" + stamp(found.startOrder);
    for (const auto* archives : {&found.libraries, &found.lazyLibraries})
      for (const auto& [name, archive] : *archives) found.linkedIdentity += "/" + stamp(archive);
    return true;
  }
  if (isCross) error = fmt::format("--target {}: Krait's runtime for it is not set up: './bootstrap cross {}' does that", target, found.target->architecture);
  else error = fmt::format("Krait's runtime (libkrait_runtime.a) was not found beside {}: install Krait again", self.string());
  return false;
}

std::string findStandardLibrary(const std::string& chosen) {
  if (!chosen.empty()) return chosen;
  for (const char* folder : {"/usr/lib/python3.11", "/usr/local/lib/python3.11", "/usr/lib64/python3.11"})
    if (std::filesystem::exists(std::string(folder) + "/os.py")) return folder;
  return {};
}

std::vector<std::string> sitePackagesFolders() {
  std::vector<std::string> folders;
  for (const char* folder : {"/usr/local/lib/python3.11/dist-packages", "/usr/lib/python3/dist-packages"})
    if (std::error_code absent; std::filesystem::exists(folder, absent)) folders.emplace_back(folder);
  return folders;
}

} // namespace krait::tools
