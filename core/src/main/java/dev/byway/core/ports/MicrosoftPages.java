package dev.byway.core.ports;

/** Where Delivery Optimization's ports are described. */
final class MicrosoftPages {
    private static final String DEPLOYMENT = "https://learn.microsoft.com/en-us/windows/deployment/do/";

    static final String FAQ = DEPLOYMENT + "waas-delivery-optimization-faq";
    static final String ENDPOINTS = DEPLOYMENT + "delivery-optimization-endpoints";
    static final String WORKFLOW = DEPLOYMENT + "delivery-optimization-workflow";
    static final String REFERENCE = DEPLOYMENT + "waas-delivery-optimization-reference";
    static final String PORTS_CORRECTED = "https://github.com/MicrosoftDocs/windows-itpro-docs/pull/11881";
    static final String TEREDO =
            "https://learn.microsoft.com/en-us/windows/win32/teredo/required-firewall-exceptions-for-teredo";

    private MicrosoftPages() {}
}
