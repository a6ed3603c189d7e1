// Which room a person is in, and how long until the next message is due. All are in one process.
const ROOM_SIZE = Number(process.env.ROOM_SIZE);
const PACE = Number(process.env.SECONDS_PER_MESSAGE);
const SPREAD = Number(process.env.SPREAD ?? 1);
let people = 0;

exports.takeSeat = (context, events, done) => {
  const me = people++;
  context.vars.me = me;
  context.vars.room = `room ${Math.floor(me / ROOM_SIZE)}`;
  context.vars.moment = Math.random() * PACE * SPREAD;
  context.vars.text = "shall we meet at the usual place tonight?";
  done();
};

exports.wait = (context, events, done) => {
  const past = ((Date.now() / 1000 - context.vars.moment + PACE / 2) % PACE) - PACE / 2;
  setTimeout(done, 1000 * (PACE - past));
};
