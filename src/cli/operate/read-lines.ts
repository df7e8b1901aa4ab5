/** Gives each line of an answer away as it arrives; an answer that breaks off in a line is refused. */
export async function readLines(reply: Response, take: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of reply.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const lines = text.split("\n");
    text = lines.pop()!;
    for (const line of lines) if (line !== "") take(line);
  }
  if (text !== "") throw new Error("The answer broke off.");
}
