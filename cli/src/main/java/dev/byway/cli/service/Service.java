package dev.byway.cli.service;

import dev.byway.cli.setting.SettingLayers;
import dev.byway.core.policy.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One service on one kind of system. Paths are text, because they may be those of another system than this one.
 *
 * @param role what it does
 * @param platform what system it is for
 * @param program the launcher, an absolute path
 */
record Service(ServiceRole role, Platform platform, String program) {
    /** Where the definition lies. */
    String definitionFile() {
        return switch (platform) {
            case LINUX -> "/etc/systemd/system/" + role.unit() + ".service";
            case MACOS -> "/Library/LaunchDaemons/" + LaunchDaemon.label(role) + ".plist";
            case WINDOWS -> "C:\\ProgramData\\Byway\\" + role.unit() + ".xml";
        };
    }

    /** The definition. */
    String definition() {
        return switch (platform) {
            case LINUX -> SystemdUnit.text(this);
            case MACOS -> LaunchDaemon.text(this);
            case WINDOWS -> StartupTask.text(this);
        };
    }

    String stateFolder() {
        return switch (platform) {
            case LINUX -> "/var/lib/" + role.unit();
            case MACOS -> "/Library/Application Support/" + (isAgent() ? "Byway" : "Byway coordinator");
            case WINDOWS -> "C:\\ProgramData\\" + (isAgent() ? "Byway" : "Byway coordinator");
        };
    }

    String settingsFile() {
        return switch (platform) {
            case LINUX -> isAgent() ? SettingLayers.OF_SERVICE.toString() : "/etc/byway/coordinator.yaml";
            case MACOS -> stateFolder() + "/byway.yaml";
            case WINDOWS -> stateFolder() + "\\byway.yaml";
        };
    }

    /** The settings that it begins with: none, with the likely ones as comments. */
    String settings() {
        try (InputStream in = Service.class.getResourceAsStream(role.command() + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + role.command() + ".yaml");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user that it runs as. */
    String user() {
        return switch (platform) {
            case LINUX -> role.unit();
            case MACOS -> "_" + role.unit().replace('-', '_');
            case WINDOWS -> StartupTask.USER;
        };
    }

    private boolean isAgent() {
        return role == ServiceRole.AGENT;
    }
}
