#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace perennial {

/// Sets what must be set before the first tensor: malloc keeps large blocks instead of returning
/// them to the system (a training step is 1.5 times faster), one thread per operation (training
/// and scoring bring their own workers). Call at the start of the program; later calls do nothing.
void prepareTorchRuntime();

/// What LibTorch stands on here, for System, About and --version.
struct RuntimeInfo {
    std::string torchVersion; ///< "1.13.1"
    std::string blasLibrary;  ///< resolved path of the BLAS loaded into this process, empty if none
    std::string blasConfig;   ///< OpenBLAS' own words ("OpenBLAS 0.3.21 … SkylakeX"), else empty
    bool isOpenBlas = false;  ///< false: what is not attention takes about twice as long; the
                              ///< program warns
    int threads = 1;          ///< workers a training uses
    bool cudaBuilt = false;   ///< this LibTorch knows CUDA
    int cudaDevices = 0;
    std::string cudaName;     ///< of device 0 ("CUDA device 0"), empty without one
};
RuntimeInfo runtimeInfo();

/// Why a device was taken. Names: "asked", "cuda_found", "library_without_cuda", "no_cuda_device".
enum class DeviceReason { Asked, CudaFound, LibraryWithoutCuda, NoCudaDevice };
std::string_view deviceReasonName(DeviceReason reason) noexcept;

/// True for "auto", "cpu", "cuda" and "cuda:N", whether such a device is there or not.
bool isDeviceName(std::string_view name) noexcept;

struct DeviceChoice {
    std::string device; ///< "cpu" or "cuda:N"
    DeviceReason reason = DeviceReason::Asked;
    std::string name;   ///< of the CUDA device, empty for the CPU
};
/// @param wanted "auto" (CUDA where LibTorch offers a device, else the CPU), "cpu", "cuda" (the
/// first) or "cuda:N". @error InvalidArgument for any other word; DeviceUnavailable where CUDA was
/// asked for and is not there (detail: "library_without_cuda", "no_cuda_device" or how many there
/// are).
Result<DeviceChoice> chooseDevice(std::string_view wanted);

} // namespace perennial
