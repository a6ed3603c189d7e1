"""Visits to Shop 'of \\ everything'.

Try it: locust -f locustfiles/shop.py --plan smoke --headless

Written by `ktb-load new` from shop.openapi.yaml. It is yours now.
"""

from locust import task

from ktb_load import think
from shop_user import ShopUser


class ShopVisitor(ShopUser):
    system = "shop"

    @task
    def members(self) -> None:
        self.get_member()
        self.delete_member()
        self.sign_in()
        think(1, 3)

    @task
    def products_more(self) -> None:
        product_id = self.create_product()
        self.upload_product_image(product_id)
        self.list_products()
        self.get_product(product_id)
        self.update_product(product_id)
        think(1, 3)

    @task
    def products(self) -> None:
        product_id = self.create_product()
        self.update_product_description(product_id)
        self.update_product_raw(product_id)
        think(1, 3)

    @task
    def orders(self) -> None:
        product_id = self.create_product()
        order_no = self.create_order(product_id)
        self.get_order(order_no)
        # self.get_order_line(order_no, line_id): where does line_id come from?
        self.order_cancel(order_no)
        think(1, 3)

    @task
    def rates(self) -> None:
        self.get_rate()
        think(1, 3)

    @task
    def go(self) -> None:
        self.get_go()
        self.options_go()
        self.head_go()
        think(1, 3)

    @task
    def auth(self) -> None:
        self.update_auth_password()
        self.delete_auth_logout()
        self.oauth_token()
        think(1, 3)

    @task
    def beside(self) -> None:
        self.get_beside()
        think(1, 3)
