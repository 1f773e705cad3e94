# Compiler settings, dependencies and the two helpers every CMakeLists.txt in this project uses.
option(PERENNIAL_WERROR "Treat warnings as errors" OFF)
option(PERENNIAL_CORE_ONLY "Build the Qt-free core and its tests only" OFF)
option(PERENNIAL_FUZZ "Build the fuzz targets and the rooms they need only (clang)" OFF)
set(PERENNIAL_SANITIZE "" CACHE STRING "Sanitizers, for example address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

find_program(PERENNIAL_CCACHE ccache)
if(PERENNIAL_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${PERENNIAL_CCACHE}")
endif()

add_library(perennial_warnings INTERFACE)
# Two warnings misfire on std::string in optimised g++ 12 (GCC bugs 105651, 105562).
target_compile_options(perennial_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow
    "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized>"
    $<$<BOOL:${PERENNIAL_WERROR}>:-Werror>)
if(PERENNIAL_SANITIZE)
    target_compile_options(perennial_warnings INTERFACE
        -fsanitize=${PERENNIAL_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(perennial_warnings INTERFACE -fsanitize=${PERENNIAL_SANITIZE})
endif()
# Tests that ask for more memory than there is want the answer of a real allocator, not an end.
# Tests that kill themselves fork a process that may start threads.
# A test sees nothing of the user's own keys and profiles.
set(PERENNIAL_TEST_ENVIRONMENT
    QT_QPA_PLATFORM=offscreen
    XDG_DATA_HOME=${PROJECT_BINARY_DIR}/test-home
    ASAN_OPTIONS=allocator_may_return_null=1
    UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
    "TSAN_OPTIONS=allocator_may_return_null=1 die_after_fork=0 suppressions=${PROJECT_SOURCE_DIR}/tests/support/thread_sanitizer.supp")

find_package(Threads REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Boost REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(uchardet REQUIRED IMPORTED_TARGET uchardet)
find_package(ICU REQUIRED COMPONENTS uc i18n)
if(NOT PERENNIAL_FUZZ)
    # Debian's xgboost-config.cmake names a program that the package leaves out.
    pkg_check_modules(xgboost REQUIRED IMPORTED_TARGET xgboost)
    find_package(Torch REQUIRED)
endif()
# One imported target for LibTorch, its headers as system headers: its own flags would leak
# warnings into every file. libstdc++ first: the CUDA builds from pytorch.org export std::filesystem
# symbols of their own, which end a program that takes them.
add_library(perennial_torch INTERFACE)
target_link_libraries(perennial_torch INTERFACE stdc++ ${TORCH_LIBRARIES})
target_include_directories(perennial_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})

if(PERENNIAL_FUZZ)
    # No window and no Qt Test.
elseif(PERENNIAL_CORE_ONLY)
    find_package(Qt6 REQUIRED COMPONENTS Core Test)
else()
    find_package(Qt6 REQUIRED COMPONENTS Core Gui Widgets Charts Svg Test LinguistTools)
endif()

# Qt tells every test its folders, for a search of test data that none here makes: with another
# command line for each no header could be compiled once for all, and ccache would know no clone again.
if(TARGET Qt6::Test)
    get_target_property(told Qt6::Test INTERFACE_COMPILE_DEFINITIONS)
    list(FILTER told EXCLUDE REGEX "QT_TESTCASE_")
    set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS "${told}")
endif()

# A room of core: one static library named perennial_<name>, includes from the top of the tree.
#   perennial_add_room(value SOURCES a.cpp b.cpp USES features project PRIVATE_LIBS Boost::headers)
# USES is the only list of which rooms may be included; tests/tst_arrows checks includes against it.
function(perennial_add_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBS;PRIVATE_LIBS" ${ARGN})
    add_library(perennial_${name} STATIC ${ROOM_SOURCES})
    target_include_directories(perennial_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    list(TRANSFORM ROOM_USES PREPEND perennial_ OUTPUT_VARIABLE used)
    target_link_libraries(perennial_${name} PUBLIC ${used} ${ROOM_LIBS}
                          PRIVATE perennial_warnings ${ROOM_PRIVATE_LIBS})
endfunction()

# Headers that many files include, compiled once for all of them: half of a test's compile time.
set(PERENNIAL_STANDARD_HEADERS <algorithm> <array> <cmath> <filesystem> <functional> <map> <memory>
    <optional> <ranges> <span> <string> <variant> <vector>)

# A Qt Test program: tests/core/value/tst_bg_nbd.cpp -> test "core/value/tst_bg_nbd".
#   perennial_add_test(tst_bg_nbd USES value LIBS Qt6::Widgets)
# PLACES: it reads files of the source tree or of ../shared.
function(perennial_add_test name)
    cmake_parse_arguments(T "PLACES" "" "USES;LIBS;SOURCES" ${ARGN})
    file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}/tests" "${CMAKE_CURRENT_SOURCE_DIR}/${name}")
    add_executable(${name} ${name}.cpp ${T_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    list(TRANSFORM T_USES PREPEND perennial_ OUTPUT_VARIABLE used)
    target_link_libraries(${name} PRIVATE ${used} ${T_LIBS} Qt6::Test perennial_warnings)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS)
    # Where files are is told to the few that ask: it would keep ccache from knowing the others again.
    if(T_PLACES)
        target_compile_definitions(${name} PRIVATE
            PERENNIAL_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
            PERENNIAL_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared")
    endif()
    # Two more warnings misfire on std::string (GCC bug 105651) where its header was precompiled.
    target_compile_options(${name} PRIVATE
        "$<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow;-Wno-array-bounds>")
    if("perennial_torch" IN_LIST T_LIBS)
        target_precompile_headers(${name} REUSE_FROM perennial_neural)
    elseif("pages" IN_LIST T_USES OR "ui" IN_LIST T_USES)
        target_precompile_headers(${name} REUSE_FROM perennial_ui_test_headers)
    elseif(NOT folder MATCHES "^ui/") # whose libraries define more than Qt Core's
        target_precompile_headers(${name} REUSE_FROM perennial_test_headers)
    endif()
    add_test(NAME ${folder} COMMAND ${name})
    set_tests_properties(${folder} PROPERTIES
        ENVIRONMENT "${PERENNIAL_TEST_ENVIRONMENT}" TIMEOUT 600)
endfunction()

# A benchmark program under tests/bench: built with everything else, run by hand, never a test.
function(perennial_add_bench name)
    cmake_parse_arguments(B "" "" "USES;LIBS" ${ARGN})
    add_executable(${name} ${name}.cpp)
    list(TRANSFORM B_USES PREPEND perennial_ OUTPUT_VARIABLE used)
    target_link_libraries(${name} PRIVATE ${used} ${B_LIBS} perennial_warnings)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS)
endfunction()
