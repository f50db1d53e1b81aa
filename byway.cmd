@echo off
rem Starts Byway on Windows: finds a JDK 25, builds on first use when this is a checkout, picks JVM flags for the command.
setlocal EnableExtensions EnableDelayedExpansion
set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "JDK="
call :try "%JAVA_HOME%"
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do call :try "%%~D"
for /f "delims=" %%J in ('where java 2^>nul') do call :try "%%~dpJ.."
if not defined JDK (
  echo byway: needs a JDK 25, and found none in JAVA_HOME, Program Files, .jdks or on the PATH.>&2
  echo Get one: winget install EclipseAdoptium.Temurin.25.JDK, or https://adoptium.net/temurin/releases/?version=25>&2
  exit /b 1
)
set "LIB=%ROOT%\lib"
if exist "%ROOT%\pom.xml" (
  set "LIB=%ROOT%\cli\target\lib"
  if not exist "!LIB!\byway-cli.jar" call :build || exit /b 1
)
set "FLAGS=-XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED"
if "%~1"=="agent" (set "FLAGS=%FLAGS% -Xms16m -Xmx48m") else (
if "%~1"=="coordinator" (set "FLAGS=%FLAGS% -Xms32m -Xmx1g") else (set "FLAGS=%FLAGS% -Xmx256m"))
"%JDK%\bin\java.exe" %FLAGS% %BYWAY_JAVA_OPTS% "-Dbyway.launcher=%ROOT%\byway.cmd" -cp "%LIB%\*" dev.byway.cli.Main %*
exit /b %ERRORLEVEL%

:try
if defined JDK exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
findstr /b /c:"JAVA_VERSION=\"25\"" /c:"JAVA_VERSION=\"25." "%~1\release" >nul 2>&1 && set "JDK=%~f1"
exit /b 0

:build
where mvn >nul 2>&1 || (echo byway: needs Maven to build, and mvn is not on the PATH: https://maven.apache.org/install.html>&2& exit /b 1)
if not exist "%ROOT%\.byway-build" mkdir "%ROOT%\.byway-build"
echo byway: building, first use ...>&2
set "JAVA_HOME=%JDK%"
call mvn -B -q -f "%ROOT%\pom.xml" package -pl cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true > "%ROOT%\.byway-build\build.log" 2>&1
if errorlevel 1 (echo byway: the build failed; all of it is in %ROOT%\.byway-build\build.log>&2& exit /b 1)
exit /b 0
