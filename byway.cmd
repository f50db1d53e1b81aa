@echo off
rem Starts Byway on Windows: finds a JDK 25, builds on first use when this is a checkout, picks JVM flags for the command.
rem
rem   BYWAY_JAVA_OPTS   more JVM flags
rem   BYWAY_NO_BUILD=1  runs what was built, however old
rem
rem No delayed expansion: it would eat the exclamation marks of the user's arguments.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "WORK=%ROOT%\.byway-build"

rem ---- Which command; the first of these words that is no option's value

set "COMMAND="
:word
if "%~1"=="" goto java
set "WORD=%~1"
shift
for %%O in (--state --set --config) do if "%WORD%"=="%%O" shift & goto word
for %%C in (get publish agent coordinator join status peers why cache dashboard keys demo demo-origin completion help test bench package) do if "%WORD%"=="%%C" set "COMMAND=%%C"
if not defined COMMAND goto word

rem ---- A JDK 25

:java
set "TOOL=java.exe"
if exist "%ROOT%\pom.xml" set "TOOL=javac.exe"
set "JDK="
call :try "%JAVA_HOME%"
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do call :try "%%~D"
for /f "delims=" %%J in ('where java 2^>nul') do call :try "%%~dpJ.."
if not defined JDK (
  echo byway: needs a JDK 25, and found none in JAVA_HOME, Program Files, .jdks or on the PATH.>&2
  echo Get one: winget install EclipseAdoptium.Temurin.25.JDK, or https://adoptium.net/temurin/releases/?version=25>&2
  exit /b 1
)

rem ---- Building, when this is a checkout

set "LIB=%ROOT%\lib"
if not exist "%ROOT%\pom.xml" goto flags
set "LIB=%ROOT%\cli\target\lib"
set "MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -Xmx1g %MAVEN_OPTS%"
if "%COMMAND%"=="test" goto test
if "%COMMAND%"=="bench" goto bench
if "%COMMAND%"=="package" goto package
if defined BYWAY_NO_BUILD goto flags
call :stale || goto flags
call :build || exit /b 1

rem ---- Running

:flags
if not exist "%LIB%\byway-cli.jar" (
  echo byway: "%LIB%\byway-cli.jar" is missing: run byway without BYWAY_NO_BUILD, or unpack the release again>&2
  exit /b 1
)
set "CPUS=%NUMBER_OF_PROCESSORS%"
if not defined CPUS set "CPUS=2"
if "%CPUS%"=="1" set "CPUS=2"
set "FLAGS=-XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED"
set "LEAN=-XX:+UseCompactObjectHeaders -Djdk.virtualThreadScheduler.parallelism=%CPUS%"
rem What hashes or encrypts needs C2: C1 has no SHA-256 and AES instructions.
set "OWN=-XX:TieredStopAtLevel=1 -Xmx64m"
if "%COMMAND%"=="agent" set "OWN=%LEAN% -Xms8m -Xmx40m -XX:MaxNewSize=6m"
for %%C in (get cache) do if "%COMMAND%"=="%%C" set "OWN=%LEAN% -Xms16m -Xmx96m"
for %%C in (publish demo demo-origin) do if "%COMMAND%"=="%%C" set "OWN=%LEAN% -Xms16m -Xmx256m"
if "%COMMAND%"=="coordinator" set "OWN=-Djdk.virtualThreadScheduler.parallelism=%CPUS% -Xms32m -Xmx1g"
set "MORE=%BYWAY_JAVA_OPTS%"
rem None of Byway's settings:
set "BYWAY_JAVA_OPTS="
set "BYWAY_NO_BUILD="
"%JDK%\bin\java.exe" %FLAGS% %OWN% %MORE% "-Dbyway.launcher=%ROOT%\byway.cmd" -cp "%LIB%\*" dev.byway.cli.Main %*
exit /b %ERRORLEVEL%

rem ---- byway test, byway bench

:test
set "EXCLUDED=long"
set "REST="
if "%~1"=="--all" (
  set "EXCLUDED="
  shift
)
if "%~1"=="--help" goto test_help
if "%~1"=="-h" goto test_help
:test_argument
if "%~1"=="" goto test_run
set REST=%REST% %1
shift
goto test_argument
:test_run
call :maven || exit /b 1
call mvn -B -fae -f "%ROOT%\pom.xml" verify "-Dtest.excludedGroups=%EXCLUDED%" %REST%
exit /b %ERRORLEVEL%
:test_help
echo Usage: byway test [--all] [Maven arguments]
echo Runs the tests and the format check. --all adds the long ones (tag 'long').
echo Tests that need Linux skip, saying so. Quote arguments that hold a =, as in "-Dtest=ContentIdTest".
exit /b 0

:bench
echo byway: bench needs root on Linux, for its network namespaces>&2
exit /b 1

:package
echo byway: package makes Debian packages, and needs Linux>&2
exit /b 1

rem ---- What is called

:try
if defined JDK exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\%TOOL%" exit /b 0
if not exist "%~1\release" exit /b 0
rem No quotes within the pattern: an odd number of them would swallow the rest of the line.
findstr /r /c:"^JAVA_VERSION=.25[^0-9]" "%~1\release" >nul 2>&1 && set "JDK=%~f1"
exit /b 0

:maven
where mvn >nul 2>&1 || (
  echo byway: needs Maven to build and test, and mvn is not on the PATH: https://maven.apache.org/install.html>&2
  exit /b 1
)
set "JAVA_HOME=%JDK%"
exit /b 0

:stale
if not exist "%WORK%\built" exit /b 0
if not exist "%LIB%\byway-cli.jar" exit /b 0
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath ($env:WORK + '\built')).LastWriteTime; $sources = 'pom.xml', 'core', 'teredo', 'quic', 'agent', 'coordinator', 'cli' | ForEach-Object { Join-Path $env:ROOT $_ }; $newer = Get-ChildItem -LiteralPath $sources -Recurse -File | Where-Object { $_.LastWriteTime -gt $built -and $_.FullName -notmatch '\\target\\|\\src\\test\\' } | Select-Object -First 1; if ($newer) { exit 0 } else { exit 1 }"
exit /b %ERRORLEVEL%

:build
call :maven || exit /b 1
if not exist "%WORK%" mkdir "%WORK%"
if not exist "%WORK%" (
  echo byway: cannot write "%WORK%": make the checkout writable, or build it once as its owner>&2
  exit /b 1
)
echo byway: building (first use, or sources changed) ...>&2
echo started>"%WORK%\started"
del /q "%ROOT%\cli\target\lib\*.jar" 2>nul
call mvn -B -ntp -f "%ROOT%\pom.xml" package -pl cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true >"%WORK%\build.log" 2>&1
if errorlevel 1 (
  findstr /b /c:"[ERROR]" "%WORK%\build.log" >&2
  echo byway: the build failed; all of it is in "%WORK%\build.log">&2
  exit /b 1
)
move /y "%WORK%\started" "%WORK%\built" >nul
exit /b 0
