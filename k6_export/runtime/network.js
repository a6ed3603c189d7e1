/** What all clients of one VU share: where samples go, the User-Agent, which sockets are open. */

/** One VU's way out. Dialling, connections and cookies are k6's. */
export class Network {
  /**
   * @param {Recorder} recorder
   * @param {string} user_agent - sent with every request and handshake; empty: the k6 option's
   */
  constructor(recorder, user_agent = "") {
    this.recorder = recorder;
    this.user_agent = user_agent;
    /** Which iteration this is, where somebody wants to compare; see KTB_LOAD_MARKS in run.js. */
    this.mark = "";
    this.sockets = new Set();
  }

  /** Put the User-Agent into `headers` (a plain object), unless it names one itself. */
  introduce(headers) {
    if (this.user_agent && !Object.keys(headers).some(is_user_agent)) {
      headers["User-Agent"] = this.user_agent;
    }
    if (this.mark) headers["X-Ktb-Iteration"] = this.mark;
    return headers;
  }

  /**
   * Close what a task has left open: an open socket would keep the iteration from ending. Nobody is
   * told, and nothing is measured.
   */
  forsake_sockets() {
    for (const socket of this.sockets) socket.forsake();
  }
}

const is_user_agent = (name) => name.toLowerCase() === "user-agent";
