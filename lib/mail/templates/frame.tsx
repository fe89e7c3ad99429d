import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from "@react-email/components";
import type { ReactNode } from "react";

// Mail programs know no variables and no oklch, so the product's tokens stand here as plain values.
const ink = "#1d2521";
const quiet = "#5d6963";
const line = "#dfe5e1";
const accent = "#00785a";
const sans = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

const page = {
  backgroundColor: "#f5f7f6",
  color: ink,
  fontFamily: sans,
  margin: 0,
  padding: "32px 12px",
};
const card = {
  backgroundColor: "#ffffff",
  border: `1px solid ${line}`,
  borderRadius: "8px",
  maxWidth: "480px",
  padding: "28px 32px",
};
const wordmark = { color: accent, fontSize: "15px", fontWeight: 600, margin: "0 0 20px" };
const title = { fontSize: "20px", fontWeight: 600, lineHeight: "28px", margin: "0 0 12px" };
const paragraph = { fontSize: "14px", lineHeight: "22px", margin: "0 0 16px" };
const small = { color: quiet, fontSize: "12px", lineHeight: "18px", margin: "0 0 8px" };
const button = {
  backgroundColor: accent,
  borderRadius: "6px",
  color: "#ffffff",
  fontSize: "14px",
  fontWeight: 600,
  padding: "10px 18px",
  textDecoration: "none",
};

/** The one frame of every mail: who it is from, what it says, and why it came. */
export function Frame(props: {
  preview: string;
  heading: string;
  why: string;
  children: ReactNode;
}) {
  return (
    <Html lang="en">
      <Head />
      <Preview>{props.preview}</Preview>
      <Body style={page}>
        <Container style={card}>
          <Text style={wordmark}>Lockstep</Text>
          <Heading as="h1" style={title}>
            {props.heading}
          </Heading>
          {props.children}
          <Hr style={{ borderColor: line, margin: "24px 0 16px" }} />
          <Text style={small}>{props.why}</Text>
        </Container>
      </Body>
    </Html>
  );
}

/** A line of a mail. */
export function Line(props: { children: ReactNode }) {
  return <Text style={paragraph}>{props.children}</Text>;
}

/** The one thing a mail asks for, with its address in full for programs that show no buttons. */
export function Action(props: { url: string; children: string }) {
  return (
    <Section>
      <Button href={props.url} style={button}>
        {props.children}
      </Button>
      <Text style={{ ...small, margin: "16px 0" }}>
        Or open this address:
        <br />
        <Link href={props.url} style={{ color: accent, wordBreak: "break-all" }}>
          {props.url}
        </Link>
      </Text>
    </Section>
  );
}
