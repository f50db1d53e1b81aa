/** Where settings and state come from on this machine: state folder, configuration file, environment. */
@NullMarked
package dev.byway.cli.setting;

import org.jspecify.annotations.NullMarked;
