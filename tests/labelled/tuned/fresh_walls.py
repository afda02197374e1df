"""Pages that refuse programs, and what nobody can judge from outside."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from tests.labelled.building import site
from tests.labelled.case import Case
from tests.labelled.tuned.fresh_pages import (
    everywhere,
    plain,
    walled,
)

REACT = """<!doctype html><html lang="en"><head><meta charset="utf-8"/><link rel="icon" href="/f.ico"/>
<meta name="viewport" content="width=device-width,initial-scale=1"/><meta name="description"
 content="Web site created using create-react-app"/><title>Brew Planner</title><script defer="defer"
 src="/static/js/main.3f2a.js"></script><link href="/static/css/main.css" rel="stylesheet"></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body>
</html>"""


ANGULAR = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Herbarium</title>
<base href="/"><link rel="stylesheet" href="styles.css"></head><body><app-root></app-root>
<script src="runtime.js" type="module"></script><script src="main.js" type="module"></script>
</body></html>"""


CASES = [
    walled(
        "fresh_cloudflare_managed",
        "greatlakes-maltsters.example/reports/2021.html",
        '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta http-equiv='
        '"refresh" content="390"></head><body class="no-js"><div class="main-wrapper"><noscript>'
        "Enable JavaScript and cookies to continue</noscript></div><script>(function(){window."
        "_cf_chl_opt={cvId:'3',cZone:'x',cType:'managed'};})();</script></body></html>",
        403,
        cf_mitigated="challenge",
        Server="cloudflare",
        CF_RAY="8f2b0c3d-FRA",
    ),
    walled(
        "fresh_cloudflare_1020",
        "northernseedbank.example/catalogue/beans",
        '<!DOCTYPE html><html lang="en-US"><head><title>Access denied | northernseedbank.example'
        ' used Cloudflare to restrict access</title></head><body><div id="cf-wrapper"><h1><span>'
        'Error</span> <span>1020</span></h1><h2 class="text-gray-600">Access denied</h2><h2>What'
        " happened?</h2><p>This website is using a security service to protect itself from online"
        " attacks.</p><p>Cloudflare Ray ID: 8f2b0c3d</p></div></body></html>",
        403,
        Server="cloudflare",
    ),
    walled(
        "fresh_akamai_on_404",
        "kitchenworld-stores.example/cookware/dutch-oven.html",
        "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \nYou"
        " don't have permission to access \"http&#58;&#47;&#47;kitchenworld&#45;stores&#46;example"
        '&#47;" on this server.<P>\nReference&#32;&#35;18&#46;2d351ab8&#46;1557333295&#46;a4e16ab'
        "\n</BODY>\n</HTML>",
        404,
        Server="AkamaiGHost",
    ),
    walled(
        "fresh_datadome",
        "classifieds-tools.example/ads/lathe",
        '<html lang="en"><head><title>classifieds-tools.example</title><style>#cmsg{animation: A'
        ' 1.5s;}</style></head><body style="margin:0"><p id="cmsg">Please enable JS and disable'
        " any ad blocker</p><script data-cfasync=\"false\">var dd={'rt':'c','cid':'AHr','hsh':'1',"
        "'t':'fe','host':'geo.captcha-delivery.com'}</script></body></html>",
        403,
        X_DataDome="protected",
        Set_Cookie="datadome=abc; Max-Age=31536000",
    ),
    walled(
        "fresh_incapsula_200",
        "bankholiday-gardens.example/plan/",
        '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"><meta'
        ' name="format-detection" content="telephone=no"></head><body style="margin:0px;height:'
        '100%"><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=9-1" '
        'frameborder=0 width="100%" height="100%">Request unsuccessful. Incapsula incident ID: '
        "877000280137-9</iframe></body></html>",
        200,
    ),
    walled(
        "fresh_perimeterx",
        "trailshoes-shop.example/help/care",
        '<!DOCTYPE html><html lang="en"><head><title>Access to this page has been denied</title>'
        "</head><body><div class='px-captcha-container'><div id='px-captcha'></div></div><script>"
        "window._pxAppId='PXabcd1234';window._pxUuid='1';</script><p>Press & Hold to confirm you"
        " are a human (and not a bot).</p></body></html>",
        403,
    ),
    walled(
        "fresh_aws_waf",
        "maps-of-record.example/sheets/44",
        "<!DOCTYPE html><html><head><script>window.gokuProps={}</script><script src='https://x."
        "token.awswaf.example/challenge.js'></script></head><body><div id='challenge-container'>"
        "</div><noscript><h1>JavaScript is disabled</h1></noscript></body></html>",
        202,
        x_amzn_waf_action="challenge",
    ),
    walled(
        "fresh_vercel",
        "yeastbank-app.example/strains/034",
        "<!DOCTYPE html><html><head><title>Vercel Security Checkpoint</title></head><body><p>We're"
        " verifying your browser</p></body></html>",
        429,
        x_vercel_mitigated="challenge",
    ),
    walled(
        "fresh_sucuri",
        "brewpubfinder.example/listing/204",
        "<html><head><title>Sucuri WebSite Firewall - Access Denied</title></head><body><h1>Access"
        " Denied - Sucuri Website Firewall</h1><p>If you are the site owner (or you manage this"
        " site), please whitelist your IP.</p></body></html>",
        403,
        Server="Sucuri/Cloudproxy",
    ),
    walled(
        "fresh_anubis",
        "code-of-the-mill.example/wiki/Sieve",
        '<!doctype html><html lang="en"><head><title>Making sure you&#39;re not a bot!</title>'
        '<link rel="stylesheet" href="/.within.website/x/xess/xess.min.css?v=1"><script id='
        '"anubis_version" type="application/json">"v1.21.3"</script><script id="anubis_challenge"'
        ' type="application/json">{"rules":{"algorithm":"fast","difficulty":4}}</script></head>'
        "<body><main><h1>Making sure you&#39;re not a bot!</h1><p>Loading...</p></main></body>"
        "</html>",
        200,
    ),
    walled(
        "fresh_f5",
        "ministry-of-soil.example/pubs/clay.html",
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected."
        " Please consult with your administrator.<br><br>Your support ID is: 8124391871234<br>"
        "<br><a href='javascript:history.back();'>[Go Back]</a></body></html>",
        200,
    ),
    walled(
        "fresh_siteground",
        "spinningwheel-repairs.example/bearings/",
        '<html><head><link rel="icon" href="data:;"><meta http-equiv="refresh" content="0;/.well-'
        'known/sgcaptcha/?r=%2Fbearings%2F&y=ipc:1"></meta></head></html>',
        202,
        SG_Captcha="challenge",
    ),
    walled(
        "fresh_wordfence",
        "village-oven.example/firing-plan/",
        "<!DOCTYPE html><html><head><title>Your access to this site has been limited</title>"
        "</head><body><h1>Your access to this site has been limited by the site owner</h1><p>Your"
        " access to this service has been limited. (HTTP response code 503)</p><p>Generated by"
        " Wordfence</p></body></html>",
        503,
    ),
    walled(
        "fresh_ddos_guard",
        "zapovednik-tropa.example/karta",
        "<!doctype html><html><head><title>DDoS-Guard</title></head><body><h1>Checking your browser"
        " before accessing zapovednik-tropa.example</h1><p>Enable JavaScript and cookies.</p>"
        "</body></html>",
        403,
        Server="ddos-guard",
    ),
    walled(
        "fresh_imunify",
        "smallholders-forum.example/index.php?topic=12.0",
        "<!DOCTYPE html><html><head><title>One moment, please...</title><style>body{background:"
        "#f0f0f0}</style></head><body><h1>Please wait while your request is being verified...</h1>"
        "<form id='wsidchk-form' style='display:none' action='/z0f76a1d14fd21a8fb5fd0d03e0fdc3d3"
        "cedae52f'><input id='wsidchk' name='wsidchk'></form></body></html>",
        200,
    ),
    Case(
        "fresh_login_redirect",
        ("blocked",),
        "members.lacemakers.example/patterns/bucks.html",
        "Bucks point patterns",
        {
            "members.lacemakers.example": site(
                plain("Lacemakers", "<h1>Lacemakers' circle</h1><p>Members meet monthly.</p>"),
                plain("Not found", "<h1>Not found</h1>"),
                {
                    "/patterns/bucks.html": b.redirect(
                        "/wp-login.php?redirect_to=%2Fpatterns", 302
                    ),
                    "/wp-login.php": plain(
                        "Log In ‹ Lacemakers",
                        "<form><label>Username or Email Address</label><input name='log'><label>"
                        "Password</label><input type='password' name='pwd'></form>",
                    ),
                },
            )
        },
    ),
    walled(
        "fresh_cloudflare_in_german",
        "verlag-am-fluss.example/buecher/brot",
        '<!DOCTYPE html><html lang="de-DE"><head><title>Nur einen Moment…</title></head><body>'
        "<noscript>Enable JavaScript and cookies to continue</noscript><script>(function(){window"
        "._cf_chl_opt = {cRay: '9'};})();</script></body></html>",
        503,
        Server="cloudflare",
    ),
    walled(
        "fresh_akamai_edge",
        "seedmerchant-corp.example/growing/peas",
        "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou"
        " don't have permission to access this page.<P>\nReference #18.6d3e1702.1700000000.1b2c"
        "\n</BODY></HTML>",
        200,
    ),
    walled(
        "fresh_px_human_challenge",
        "hikers-outfit.example/advice/boots",
        "<!DOCTYPE html><html><head><title>Access to this page has been denied.</title><meta name="
        '"description" content="px-captcha"><script>window._pxAppId = "PXq8";</script></head><body>'
        "<div id='px-captcha'></div></body></html>",
        200,
    ),
    walled(
        "fresh_recaptcha_gate",
        "library-of-looms.example/item/20",
        '<html><head><title>Security check</title><script src="https://www.google.com/recaptcha/'
        'api.js"></script></head><body><p>Please confirm that you are not a robot.</p><div class="'
        'g-recaptcha"></div></body></html>',
        403,
    ),
    walled(
        "fresh_turnstile_gate_429",
        "oldmaps-shop.example/county/kent",
        '<html><head><title>One more step</title><script src="https://challenges.cloudflare.com/'
        'turnstile/v0/api.js"></script></head><body><h1>One more step</h1></body></html>',
        429,
    ),
    everywhere("fresh_react_shell", "brew-planner.example/plan/7", "Plan 7", REACT, ("unknown",)),
    everywhere(
        "fresh_angular_shell",
        "herbarium-online.example/sheet/2291",
        "Sheet 2291",
        ANGULAR,
        ("unknown",),
    ),
]
