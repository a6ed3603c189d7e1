"""Shop 'of \\ everything': what a person can do there, as methods.

Written by `ktb-load new` from shop.openapi.yaml. It is yours now.
"""

from __future__ import annotations

from base64 import b64encode
from json import dumps
from typing import Any
from urllib.parse import quote, urlencode

from ktb_load import check, fail, setting
from ktb_load.chat.files import PICTURE
from ktb_load.clients.http_answer import Response
from ktb_load.locust_host.user import LoadUser


class ShopUser(LoadUser):
    """One person in Shop 'of \\ everything'. Settings: ``SHOP_X_TENANT``,
    ``SHOP_API_KEY``.
    """

    abstract = True
    system = "shop"
    host = "https://dev.shop.test"

    x_tenant: str = ""
    api_key: str = ""
    email: str = ""
    password: str = ""
    token: str = ""
    user_id: int = 0

    def on_start(self) -> None:
        self.sign_in()

    def sign_in(self) -> None:
        """Make an account, and sign in with it."""
        self.x_tenant = setting("SHOP_X_TENANT", "")
        self.api_key = setting("SHOP_API_KEY", "")
        self.email = f"{self.vu.random.text(12)}@load.test"
        self.password = "Passw0rd!Pas"
        self.create_member()
        self.oauth_token()

    @property
    def credentials(self) -> dict[str, str]:
        """What the server knows this user by."""
        return {"Authorization": f"Bearer {self.token}", "X-Tenant": self.x_tenant}

    @property
    def credentials_basic(self) -> dict[str, str]:
        """What the server knows this user by."""
        return {"Authorization": basic(self.email, self.password)}

    # Members.

    def create_member(self, body: Any = None) -> Response:
        """``POST /v2/members``"""
        if body is None:
            body = {
                "email": self.email,
                "nickname": f"user{self.vu.random.text(8)}",
                "password": self.password,
                "phone": f"010-{self.vu.random.integer(1000, 9999)}-{self.vu.random.integer(1000, 9999)}",
                "agreed": True,
            }
        response = self.http.post("/v2/members", json=body)
        check(response, {"create_member answers 201": response.status == 201})
        self.user_id = int(taken(response, "id"))
        return response

    def get_member(self) -> Response:
        """``GET /v2/members/{memberId}``"""
        response = self.http.get(
            f"/v2/members/{self.user_id}",
            name="/v2/members/:memberId",
            headers=self.credentials,
        )
        check(response, {"get_member answers 2xx": 200 <= response.status < 300})
        return response

    def delete_member(self) -> Response:
        """``DELETE /v2/members/{memberId}``"""
        response = self.http.delete(
            f"/v2/members/{self.user_id}",
            name="/v2/members/:memberId",
            headers=self.credentials,
        )
        check(response, {"delete_member answers 204": response.status == 204})
        return response

    # Oauth.

    def oauth_token(self, body: dict[str, str] | None = None) -> Response:
        """``POST /v2/oauth/token``"""
        if body is None:
            body = {
                "username": self.email,
                "password": self.password,
                "grant_type": "password",
                "remember": "false",
            }
        response = self.http.post("/v2/oauth/token", body=body)
        check(response, {"oauth_token answers 200": response.status == 200})
        self.token = str(taken(response, "data.access_token"))
        return response

    # Products more.

    def list_products(
        self,
        *,
        page: int = 1,
        sort: str | None = None,
        filter_color: str = "red",
        filter_size: int | None = None,
        from_: str = "2025-01-31",
        in_stock: str = "true",
        x_channel: str = "web",
        theme: str = "dark",
    ) -> Response:
        """``GET /v2/products``"""
        query = {
            "page": page,
            "sort": sort,
            "filter[color]": filter_color,
            "filter[size]": filter_size,
            "from": from_,
            "in stock": in_stock,
        }
        query = {name: value for name, value in query.items() if value is not None}
        response = self.http.get(
            f"/v2/products?{urlencode(query)}",
            name="/v2/products",
            headers={
                **self.credentials,
                "X-Trace": self.vu.random.uuid4(),
                "X-Channel": x_channel,
                "Cookie": f"theme={theme}",
            },
        )
        check(response, {"list_products answers 200": response.status == 200})
        return response

    def create_product(self, body: Any = None) -> int:
        """``POST /v2/products``. Returns ``id`` of the answer."""
        if body is None:
            body = {
                "title": f"product {self.vu.random.text(6)}",
                "price": 1,
                "made": "2025-12-11T00:45:10+00:00",
                "category": {"name": "책"},
                "labels": {"새 것": "예"},
            }
        response = self.http.post("/v2/products", json=body, headers=self.credentials)
        check(
            response,
            {"create_product answers 200 or 201": response.status in (200, 201)},
        )
        return int(taken(response, "id"))

    def get_product(self, product_id: int) -> Response:
        """``GET /v2/products/{id}``"""
        response = self.http.get(
            f"/v2/products/{product_id}",
            name="/v2/products/:id",
            headers=self.credentials,
        )
        check(response, {"get_product answers 200": response.status == 200})
        return response

    def update_product(self, product_id: int, body: Any = None) -> Response:
        """``PUT /v2/products/{id}``"""
        if body is None:
            body = {
                "title": "title",
                "price": 1,
                "made": "2025-12-11T00:45:10+00:00",
                "category": {"name": "책"},
                "labels": {"새 것": "예"},
            }
        response = self.http.put(
            f"/v2/products/{product_id}",
            name="/v2/products/:id",
            json=body,
            headers={**self.credentials, "Content-Type": "application/vnd.shop+json"},
        )
        check(response, {"update_product answers 200": response.status == 200})
        return response

    def upload_product_image(self, product_id: int) -> Response:
        """``POST /v2/products/{id}/image``"""
        response = self.http.post(
            f"/v2/products/{product_id}/image",
            name="/v2/products/:id/image",
            body={"caption": '그림 "하나"'},
            files={
                "image": ("picture.png", PICTURE, "image/png"),
                "manual": ("file.txt", b"hello", "text/plain"),
                "details": (
                    "details.json",
                    dumps({"width": 1, "tags": ["tags"]}).encode(),
                    "application/json",
                ),
            },
            headers=self.credentials,
        )
        check(response, {"upload_product_image answers 201": response.status == 201})
        return response

    # Products.

    def update_product_description(
        self,
        product_id: int,
        body: str | None = None,
    ) -> Response:
        """``PUT /v2/products/{id}/description``"""
        if body is None:
            body = "# hello\n"
        response = self.http.put(
            f"/v2/products/{product_id}/description",
            name="/v2/products/:id/description",
            body=body,
            headers={**self.credentials, "Content-Type": "text/markdown"},
        )
        check(
            response,
            {"update_product_description answers 204": response.status == 204},
        )
        return response

    def update_product_raw(
        self,
        product_id: int,
        body: bytes | None = None,
    ) -> Response:
        """``PUT /v2/products/{id}/raw``"""
        if body is None:
            body = PICTURE
        response = self.http.put(
            f"/v2/products/{product_id}/raw",
            name="/v2/products/:id/raw",
            body=body,
            headers={**self.credentials, "Content-Type": "application/octet-stream"},
        )
        check(response, {"update_product_raw answers 204": response.status == 204})
        return response

    # Orders.

    def create_order(self, product_id: int, body: Any = None) -> str:
        """주문하기

        상품을 **주문**합니다. '따옴표' 와 \\역슬래시 도 있습니다.

        ``POST /v2/orders``. Returns ``orderNo`` of the answer.
        """
        if body is None:
            body = {
                "productId": product_id,
                "memberId": self.user_id,
                "quantity": 2,
                "payment": {"number": "numbernumbernumb", "kind": "card"},
            }
        response = self.http.post("/v2/orders", json=body, headers=self.credentials)
        check(response, {"create_order answers 201": response.status == 201})
        return str(taken(response, "orderNo"))

    def get_order(self, order_no: str) -> Response:
        """``GET /v2/orders/{orderNo}``"""
        response = self.http.get(
            f"/v2/orders/{order_no}",
            name="/v2/orders/:orderNo",
            headers=self.credentials,
        )
        check(response, {"get_order answers 200": response.status == 200})
        return response

    def order_cancel(self, order_no: str) -> Response:
        """``POST /v2/orders/{orderNo}/cancel``"""
        response = self.http.post(
            f"/v2/orders/{order_no}/cancel",
            name="/v2/orders/:orderNo/cancel",
            headers=self.credentials,
        )
        check(response, {"order_cancel answers 200": response.status == 200})
        return response

    def get_order_line(self, order_no: str, line_id: str) -> Response:
        """``GET /v2/orders/{orderNo}/lines/{lineId}``"""
        response = self.http.get(
            f"/v2/orders/{order_no}/lines/{line_id}",
            name="/v2/orders/:orderNo/lines/:lineId",
            headers=self.credentials,
        )
        check(response, {"get_order_line answers 200": response.status == 200})
        return response

    # Rates.

    def get_rate(self, currency: str = "한국 원", day: str = "2025-01-31") -> Response:
        """``GET /v2/rates/{currency}/{day}``"""
        query = {"api_key": self.api_key}
        response = self.http.get(
            f"/v2/rates/{quote(currency)}/{day}?{urlencode(query)}",
            name="/v2/rates/:currency/:day",
        )
        check(response, {"get_rate answers 2xx": 200 <= response.status < 300})
        return response

    # Go.

    def get_go(self) -> Response:
        """``GET /v2/go``"""
        response = self.http.get("/v2/go", redirects=0)
        check(response, {"get_go answers 302": response.status == 302})
        return response

    def options_go(self) -> Response:
        """``OPTIONS /v2/go``"""
        response = self.http.request(
            "OPTIONS",
            "/v2/go",
            headers=self.credentials_basic,
        )
        check(response, {"options_go answers 204": response.status == 204})
        return response

    def head_go(self) -> Response:
        """``HEAD /v2/go``"""
        response = self.http.head("/v2/go", headers=self.credentials)
        check(response, {"head_go answers 200": response.status == 200})
        return response

    # Auth.

    def delete_auth_logout(self) -> Response:
        """``DELETE /v2/auth/logout``"""
        response = self.http.delete("/v2/auth/logout", headers=self.credentials)
        check(response, {"delete_auth_logout answers 200": response.status == 200})
        return response

    def update_auth_password(self, body: Any = None) -> Response:
        """``PUT /v2/auth/password``"""
        if body is None:
            body = {"oldPassword": self.password, "newPassword": self.password}
        response = self.http.put(
            "/v2/auth/password",
            json=body,
            headers=self.credentials,
        )
        check(response, {"update_auth_password answers 200": response.status == 200})
        return response

    # Beside.

    def get_beside(self) -> Response:
        """In another file

        ``GET /v2/beside``
        """
        response = self.http.get("/v2/beside", headers=self.credentials)
        check(response, {"get_beside answers 200": response.status == 200})
        return response


def taken(response: Response, path: str) -> Any:
    """What an answer has at ``path``; the iteration ends where there is nothing."""
    found = response.json(path)
    if not check(response, {f"{path} is in the answer": found is not None}):
        fail(f"{response.url} answers {response.status} without {path}")
    return found


def basic(user: str, password: str) -> str:
    """Basic credentials, RFC 7617."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
