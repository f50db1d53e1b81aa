/** Networks for tests, made of Linux network namespaces: hosts, links of a given speed, an origin, firewalls. */
@NullMarked
package dev.byway.e2e.lab;

import org.jspecify.annotations.NullMarked;
