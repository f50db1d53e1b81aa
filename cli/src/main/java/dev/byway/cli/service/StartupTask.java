package dev.byway.cli.service;

/**
 * The task for Windows' scheduler. A start-up task and no service: a service must talk to the service controller, which a Java
 * program cannot do without another program around it. Written, and not run anywhere yet.
 */
final class StartupTask {
    /** An account of the system with few rights of its own, and anonymous on the network. */
    static final String USER = "NT AUTHORITY\\LOCAL SERVICE";

    private static final String SECURITY_ID = "S-1-5-19";

    private StartupTask() {}

    static String text(Service service) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
                  <RegistrationInfo>
                    <Description>%s</Description>
                  </RegistrationInfo>
                  <Triggers>
                    <BootTrigger>
                      <Enabled>true</Enabled>
                    </BootTrigger>
                  </Triggers>
                  <Principals>
                    <Principal id="Author">
                      <UserId>%s</UserId>
                      <RunLevel>LeastPrivilege</RunLevel>
                    </Principal>
                  </Principals>
                  <Settings>
                    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
                    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
                    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
                    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
                    <RestartOnFailure>
                      <Interval>PT1M</Interval>
                      <Count>999</Count>
                    </RestartOnFailure>
                  </Settings>
                  <Actions Context="Author">
                    <Exec>
                      <Command>%s</Command>
                      <Arguments>%s</Arguments>
                    </Exec>
                  </Actions>
                </Task>
                """.formatted(
                        Markup.escaped(service.role().description()),
                        SECURITY_ID,
                        Markup.escaped('"' + service.program() + '"'),
                        Markup.escaped(service.role().command() + " --state \"" + service.stateFolder()
                                + "\" --config \"" + service.settingsFile() + '"'));
    }
}
