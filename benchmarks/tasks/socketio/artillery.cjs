// Which room a person is in. All are in one process.
const ROOM_SIZE = Number(process.env.ROOM_SIZE);
let people = 0;

exports.takeSeat = (context, events, done) => {
  const me = people++;
  context.vars.me = me;
  context.vars.room = `room ${Math.floor(me / ROOM_SIZE)}`;
  context.vars.late = `${Math.random() * Number(process.env.SECONDS_PER_MESSAGE)} s`;
  context.vars.text = "shall we meet at the usual place tonight?";
  done();
};
