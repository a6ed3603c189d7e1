// A fixed window of time for each key: so many in it, and no more.

export class RateLimit {
  #windows = new Map(); // key -> {endsAt, used}

  constructor(limit, windowMs) {
    this.limit = limit;
    this.windowMs = windowMs;
  }

  /** Counts one more for the key: {allowed, remaining, endsAt, retryAfter in seconds}. */
  take(key) {
    const now = Date.now();
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { endsAt: now + this.windowMs, used: 0 };
      this.#windows.set(key, window);
    }
    window.used += 1;
    return {
      allowed: window.used <= this.limit,
      remaining: Math.max(0, this.limit - window.used),
      endsAt: window.endsAt,
      retryAfter: Math.ceil((window.endsAt - now) / 1000),
    };
  }
}
