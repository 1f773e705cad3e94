#include "core/neural/runtime.h"

#include "core/neural/runtime_torch.h"

#include <torch/torch.h>
#include <torch/version.h>

#include <dlfcn.h>
#include <malloc.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

namespace perennial {

namespace {

constexpr int kMostWorkers = 16;

/// The file a symbol of this process comes from, links resolved.
std::string libraryOf(const void *symbol)
{
    Dl_info info{};
    if (symbol == nullptr || dladdr(symbol, &info) == 0 || info.dli_fname == nullptr) {
        return {};
    }
    std::error_code error;
    const auto path = std::filesystem::canonical(info.dli_fname, error);
    return error ? std::string(info.dli_fname) : path.string();
}

std::string openBlasConfig()
{
    using Config = const char *(*)();
    const auto config = reinterpret_cast<Config>(dlsym(RTLD_DEFAULT, "openblas_get_config"));
    return config == nullptr ? std::string() : std::string(config());
}

/// Number after "cuda" or "cuda:"; empty where the word is neither.
std::optional<int> cudaIndex(std::string_view wanted)
{
    if (wanted == "cuda") {
        return 0;
    }
    if (!wanted.starts_with("cuda:") || wanted.size() > 8) {
        return std::nullopt;
    }
    int index = -1;
    const char *end = wanted.data() + wanted.size();
    const auto parsed = std::from_chars(wanted.data() + 5, end, index);
    return parsed.ec == std::errc() && parsed.ptr == end && index >= 0 ? std::optional(index)
                                                                       : std::nullopt;
}

int cudaDevices() noexcept
{
    try {
        return torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
    } catch (...) { // a driver that does not fit the library
        return 0;
    }
}

/// LibTorch's core has no name for a device; its index must do.
std::string cudaName(int index) { return "CUDA device " + std::to_string(index); }

} // namespace

void prepareTorchRuntime()
{
    static std::once_flag once;
    std::call_once(once, [] {
        // glibc would map and unmap each block past 128 KiB: page faults took 40 % of a step
        mallopt(M_MMAP_THRESHOLD, 1 << 30);
        mallopt(M_TRIM_THRESHOLD, 1 << 30);
        mallopt(M_TOP_PAD, 64 << 20);
        using SetThreads = void (*)(int);
        const auto setThreads =
            reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
        if (setThreads != nullptr) {
            setThreads(1);
        }
        prepareTorchThread();
    });
}

void prepareTorchThread() { at::set_num_threads(1); }

int workerCount() noexcept
{
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostWorkers);
}

RuntimeInfo runtimeInfo()
{
    RuntimeInfo info;
    info.torchVersion = TORCH_VERSION;
    info.blasLibrary = libraryOf(dlsym(RTLD_DEFAULT, "sgemm_"));
    info.blasConfig = openBlasConfig();
    info.isOpenBlas = info.blasLibrary.find("openblas") != std::string::npos;
    info.threads = workerCount();
    info.cudaBuilt = at::globalContext().hasCUDART() || at::hasCUDA();
    info.cudaDevices = cudaDevices();
    info.cudaName = info.cudaDevices > 0 ? cudaName(0) : std::string();
    return info;
}

std::string_view deviceReasonName(DeviceReason reason) noexcept
{
    switch (reason) {
    case DeviceReason::Asked: return "asked";
    case DeviceReason::CudaFound: return "cuda_found";
    case DeviceReason::LibraryWithoutCuda: return "library_without_cuda";
    case DeviceReason::NoCudaDevice: return "no_cuda_device";
    }
    return {};
}

bool isDeviceName(std::string_view name) noexcept
{
    return name == "auto" || name == "cpu" || cudaIndex(name).has_value();
}

Result<DeviceChoice> chooseDevice(std::string_view wanted)
{
    if (!isDeviceName(wanted)) {
        return fail(ErrorCode::InvalidArgument, std::string(wanted), "device");
    }
    if (wanted == "cpu") {
        return DeviceChoice{"cpu", DeviceReason::Asked, {}};
    }
    const int devices = cudaDevices();
    const DeviceReason missing =
        runtimeInfo().cudaBuilt ? DeviceReason::NoCudaDevice : DeviceReason::LibraryWithoutCuda;
    if (wanted == "auto") {
        return devices > 0 ? DeviceChoice{"cuda:0", DeviceReason::CudaFound, cudaName(0)}
                           : DeviceChoice{"cpu", missing, {}};
    }
    const int index = *cudaIndex(wanted);
    if (devices == 0) {
        return fail(ErrorCode::DeviceUnavailable, std::string(deviceReasonName(missing)),
                    std::string(wanted));
    }
    if (index >= devices) {
        return fail(ErrorCode::DeviceUnavailable, std::to_string(devices), std::string(wanted));
    }
    return DeviceChoice{"cuda:" + std::to_string(index), DeviceReason::Asked, cudaName(index)};
}

} // namespace perennial
