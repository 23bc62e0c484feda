using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace TwoFactor.AspNetCore.Tests.Endpoints.Support;

/// <summary>What the API answered.</summary>
internal sealed record Answer(HttpMethod Method, string Path, HttpStatusCode Status, string? MediaType, string? CacheControl, int? RetryAfter, string? Language, byte[] Bytes)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => MediaType is "application/json" or "application/problem+json"
        ? JsonDocument.Parse(Bytes).RootElement
        : throw new AssertionException($"{this} is not JSON.");

    /// <summary>The problem code; null when it is none.</summary>
    public string? Code => MediaType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public JsonElement this[string member] => Json.GetProperty(member);

    /// <summary>Insists on a problem, in the shape that all have.</summary>
    public Answer MustBe(string code)
    {
        Assert.That(Code, Is.EqualTo(code), ToString);
        Assert.Multiple(() =>
        {
            Assert.That(Json.GetProperty("status").GetInt32(), Is.EqualTo((int)Status), ToString);
            Assert.That(Json.GetProperty("type").GetString(), Is.EqualTo("urn:two-factor:problem:" + code));
            Assert.That(Json.GetProperty("title").GetString(), Is.Not.Empty);
            Assert.That(Json.GetProperty("detail").GetString(), Is.Not.Empty);
            Assert.That(CacheControl, Does.Contain("no-store"), ToString);
        });
        return this;
    }

    /// <summary>Insists on success.</summary>
    public Answer MustSucceed()
    {
        Assert.That((int)Status, Is.InRange(200, 299), ToString);
        Assert.That(CacheControl, Does.Contain("no-store"), ToString);
        return this;
    }

    public override string ToString() => $"{Method} {Path} → {(int)Status} {MediaType} {(Bytes.Length > 600 ? Text[..600] : Text)}";
}
