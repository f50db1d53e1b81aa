package dev.byway.core.doctor.microsoft;

import dev.byway.core.doctor.OriginSeen;

/** What came of asking one host for the second byte of its file. */
public record HttpSeen(MicrosoftHost host, OriginSeen origin) {}
