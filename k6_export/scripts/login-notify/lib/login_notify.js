// Compiled from locustfiles/login_notify.py by `ktb-load export`.
import { py, setting, think } from "./runtime.js";
import { Account, LoginNotifyUser } from "./systems_login_notify.js";

export class NotifiedPerson extends LoginNotifyUser { // locustfiles/login_notify.py:13
  async log_in_twice() { // locustfiles/login_notify.py:15
    const self = this;
    let first, socket;
    first = await self.log_in(self.account); // 16
    const $$1 = await self.connect(first); // 17
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await think(1, 3); // 18
        self.account = await self.second_login(socket); // 19
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    await self.connect_with_void_token(first); // 20
    return null;
  }
  async listen_to_news() { // locustfiles/login_notify.py:23
    const self = this;
    let socket;
    self.account = await self.log_in(self.account); // 24
    const $$1 = await self.connect(self.account); // 25
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.listen(socket, setting("LISTEN_SECONDS", 10)); // 26
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async tell_everybody() { // locustfiles/login_notify.py:29
    const self = this;
    let socket, number;
    self.account = await self.log_in(self.account); // 30
    const $$1 = await self.connect(self.account); // 31
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        for (const $$4 of py.iter(py.b.range(setting("MESSAGES", 3)))) { // 32
          number = $$4;
          await self.announce(socket, `공지 ${py.str(py.add(number, 1))}`); // 33
          await think(1, 3); // 34
        }
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async remind_myself() { // locustfiles/login_notify.py:37
    const self = this;
    let socket;
    self.account = await self.log_in(self.account); // 38
    const $$1 = await self.connect(self.account); // 39
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.notify_myself(socket); // 40
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async stay_logged_in() { // locustfiles/login_notify.py:43
    const self = this;
    let socket;
    self.account = await self.refresh((await self.log_in(self.account))); // 44
    const $$1 = await self.connect(self.account); // 45
    socket = await $$1.__enter__();
    let $$2 = false;
    try {
      try {
        await self.listen(socket, 1); // 46
      } catch ($$3) {
        $$2 = true;
        if (!py.truthy(await $$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;
      }
    } finally {
      if (!$$2) await $$1.__exit__(null, null, null);
    }
    return null;
  }
  async wrong_password() { // locustfiles/login_notify.py:49
    const self = this;
    await self.log_in_with_wrong_password(self.account); // 50
    await self.connect_with_void_token(py.make(Account, "nobody", "no token")); // 51
    return null;
  }
}

