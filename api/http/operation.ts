/**
 * A route is declared once: what comes in, what goes out, and the call between. The same declaration is mounted in
 * express and printed in the OpenAPI document, so the two cannot differ.
 */
import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { actorOf } from './actor.ts';
import { parse } from './parse.ts';

type Shape = z.ZodType | undefined;
type Parsed<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined;

export type Input<Params extends Shape, Query extends Shape, Body extends Shape> = {
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  actor: string;
  context: Context;
  request: Request;
  response: Response;
};

export type Description<Params extends Shape, Query extends Shape, Body extends Shape, Answer extends z.ZodType> = {
  method: 'get' | 'post' | 'patch';
  /** With `{name}` for parameters, as in OpenAPI. */
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  answer: Answer;
  /** Of a good answer; default 200. */
  status?: 200 | 201;
  /** A second good status that the route may set by itself, and what it means. */
  alsoOk?: { status: 200; description: string };
  /** Statuses of the problems it can answer with, beside 400 and 500. */
  problems?: number[];
  /** For answers that are not JSON, or not only: the route writes `response` itself. */
  contents?: string[];
  /** For bodies that are not JSON: the route reads `request` itself. */
  rawBody?: string[];
};

export type Operation = {
  // oxlint-disable-next-line typescript/no-explicit-any -- a list holds operations of every shape
  description: Description<any, any, any, any>;
  handler: (context: Context) => RequestHandler;
};

/** Declares an operation. `run` gets parsed input; what it returns is the JSON answer (undefined: it answered by itself). */
export function operation<
  Answer extends z.ZodType,
  Params extends Shape = undefined,
  Query extends Shape = undefined,
  Body extends Shape = undefined,
>(
  description: Description<Params, Query, Body, Answer>,
  run: (input: Input<Params, Query, Body>) => Promise<z.input<Answer> | undefined>,
): Operation {
  return {
    description,
    handler: (context) => async (request, response) => {
      const answer = await run({
        params: parse(description.params, request.params, 'path') as Parsed<Params>,
        query: parse(description.query, request.query, 'query') as Parsed<Query>,
        body: parse(description.body, request.body, 'body') as Parsed<Body>,
        actor: actorOf(context),
        context,
        request,
        response,
      });
      if (answer === undefined) return;
      // Tests and development read every answer against its contract; in production that would only cost time.
      if (process.env.NODE_ENV !== 'production') description.answer.parse(answer);
      response.status(description.status ?? 200).json(answer);
    },
  };
}

/** Mounts operations on a router. */
export function mount(router: Router, operations: Operation[], context: Context): void {
  for (const { description, handler } of operations) {
    router[description.method](description.path.replace(/\{(\w+)\}/g, ':$1'), handler(context));
  }
}
