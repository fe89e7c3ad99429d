import { answerNoSuchPath } from "#lib/web/no-such-path";

/** Whatever is no operation is told so as every other error is, and not by a page. */
export {
  answerNoSuchPath as DELETE,
  answerNoSuchPath as GET,
  answerNoSuchPath as PATCH,
  answerNoSuchPath as POST,
  answerNoSuchPath as PUT,
};
