"""Who a gateway says is there: the header of a proxy that has let the visitor in (CAS, LDAP, 企业微信…).

The header counts only where the connection itself comes from a named address. The gate, which sees the connection,
hands the name on under a mark that no visitor knows, and lets nothing through that merely looks like it.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import unquote

from starlette.types import Scope

#: How the gate tells the page, within one process.
MARK = "x-fatiao-sent-by-gateway"
_TOKEN = secrets.token_hex(16)
#: Characters of a name.
_LONGEST = 200
#: Whom uvicorn believes about the visitor's address, unless told otherwise.
_BELIEVED = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Gateway:
    """The header that names the visitor, and the addresses whose word counts."""

    header: str
    trusted: tuple[IPv4Network | IPv6Network, ...]

    def marked(self, scope: Scope) -> Scope:
        """The request with the visitor's name under the gate's own mark, or without any."""
        said = [value for key, value in scope["headers"] if key.lower() == self.header.lower().encode("latin-1")]
        own = (MARK.encode(), self.header.lower().encode("latin-1"))
        headers = [(key, value) for key, value in scope["headers"] if key.lower() not in own]
        if len(said) == 1 and self._trusts(_peer(scope)) and said[0].strip():
            headers.append((MARK.encode(), f"{_TOKEN} ".encode() + said[0].strip()))
        return {**scope, "headers": headers}

    def _trusts(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self.trusted)


def gateway(header: str, addresses: str) -> Gateway | None:
    """The gateway that settings name; None without one. Raises ValueError for an address that is none."""
    if not header:
        return None
    parts = [one.strip() for one in addresses.replace("，", ",").split(",") if one.strip()]
    return Gateway(header, tuple(ip_network(one, strict=False) for one in parts))


def name_marked(held: str) -> str:
    """The visitor's name of what stands under the mark; "" where the gate did not write it.

    >>> name_marked("no token 张三")
    ''
    """
    token, _, name = held.partition(" ")
    if not secrets.compare_digest(token.encode(), _TOKEN.encode()):
        return ""
    with suppress(UnicodeError):  # read as UTF-8 already, or in an encoding that only the gateway knows
        name = name.encode("latin-1").decode("utf-8")
    return " ".join(unquote(name).split())[:_LONGEST]


def _peer(scope: Scope) -> str:
    """The address of the connection itself. uvicorn writes what a proxy on this machine says over it, with port 0."""
    host, port = scope.get("client") or ("", 0)
    usual = os.environ.get("FORWARDED_ALLOW_IPS", _BELIEVED) == _BELIEVED
    return _BELIEVED if port == 0 and host and usual else str(host)
